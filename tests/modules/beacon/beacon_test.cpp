// The beacon follows its definition: only the proposer's one proof moves it, and nothing else that
// a proposer chooses.
#include "modules/beacon/beacon.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/modules/beacon/beacon_fixture.hpp"

namespace assay::test {

BOOST_FIXTURE_TEST_CASE(values_are_the_chain_of_outputs, BeaconFixture) {
    Bytes genesis = to_bytes(view_of("assay/beacon/0"));
    append(genesis, Bytes{0, 0, 0, 0, 0, 0, 0, 7});
    Hash256 expected = sha256(genesis);
    BOOST_TEST((value() == expected));
    for (std::uint8_t at = 1; at <= 3; ++at) {
        Bytes alpha = to_bytes(view_of("assay/beacon/alpha"));
        append(alpha, Bytes{0, 0, 0, 0, 0, 0, 0x7a, 0x69});  // 31337
        append(alpha, expected);
        append(alpha, Bytes{0, 0, 0, 0, 0, 0, 0, at});
        const auto proof = ecvrf::prove(vrf_key(1), alpha);
        const auto asked = beacon::proof_request(state, env(kVal, at));
        BOOST_TEST((asked->alpha == alpha));
        BOOST_TEST((asked->public_key == public_of(vrf_key(1))));
        BOOST_TEST(block(kVal, proof));
        Bytes input = to_bytes(view_of("assay/beacon/2"));
        append(input, expected);
        append(input, *ecvrf::proof_to_hash(proof));
        expected = sha256(input);
        BOOST_TEST((value() == expected));
        const auto seen = beacon::GetBeacon{}.view(state, {});
        BOOST_TEST(seen->height == at);
        BOOST_TEST((seen->value == expected));
    }
    BOOST_TEST(missed(kVal) == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_missing_proof_falls_back_and_is_counted, BeaconFixture) {
    const Hash256 genesis = value();
    BOOST_TEST(!block(kVal, {}));
    Bytes input = to_bytes(view_of("assay/beacon/3"));
    append(input, genesis);
    BOOST_TEST((value() == sha256(input)));
    BOOST_TEST(missed(kVal) == 1u);
    BOOST_TEST(!block(kOtherVal, {}));  // no key at all
    BOOST_TEST(missed(kOtherVal) == 1u);
    BOOST_TEST(missed(kVal) == 1u);
    BOOST_TEST(proven_block(kVal, vrf_key(1)));
    BOOST_TEST(beacon::GetVrfKey{kVal}.view(state, env(kVal, height))->missed == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_proof_for_anything_else_is_none, BeaconFixture) {
    const auto now = value();
    const auto by = [&](const Bytes& alpha) { return ecvrf::prove(vrf_key(1), alpha); };
    BOOST_TEST(!block(kVal, proof_by(vrf_key(2))));  // another key
    height = 0;
    state.put(beacon::kBeacon, {}, {.height = 0, .value = now});
    for (const auto& proof : {by(beacon::beacon_alpha(kBeaconChain, now, 2)),
                              by(beacon::beacon_alpha(kBeaconChain, sha256({}), 1)),
                              by(beacon::beacon_alpha(kBeaconChain + 1, now, 1)),
                              by(beacon::possession_alpha(kBeaconChain, kVal))}) {
        BOOST_TEST(!block(kVal, proof));
        height = 0;
        state.put(beacon::kBeacon, {}, {.height = 0, .value = now});
    }
    const auto good = proof_by(vrf_key(1));
    BOOST_TEST(!block(kVal, ByteView(good).first(80)));
    BOOST_TEST(missed(kVal) == 6u);
    height = 0;
    state.put(beacon::kBeacon, {}, {.height = 0, .value = now});
    BOOST_TEST(!block(kOtherVal, good));  // somebody else's proof
    height = 0;
    state.put(beacon::kBeacon, {}, {.height = 0, .value = now});
    BOOST_TEST(block(kVal, good));
}

// Whatever a proposer tries with its block, it has one output and the fallback to choose from.
BOOST_FIXTURE_TEST_CASE(no_content_of_a_block_changes_its_value, BeaconFixture) {
    const auto proof = proof_by(vrf_key(1));
    std::set<Hash256> values;
    for (std::uint64_t attempt = 0; attempt < 200; ++attempt) {
        MemoryReader reader;
        State tried(reader);
        beacon::init(tried, {.epoch_blocks = kEpochBlocks}, 7);
        beacon::init_key(tried, kVal, public_of(vrf_key(1)));
        BlockEnv block = env(kVal, 1);
        block.hash = sha256(record::encode(attempt));  // other transactions, another round
        block.time_s = 1'000 + attempt;
        block.base_fee = Amount(attempt);
        block.proposer = Address::from(ByteView(block.hash).first(20));
        block.vrf_proof = attempt % 2 == 0 ? ByteView(proof) : ByteView();
        beacon::begin_block(tried, block);
        values.insert(beacon::value(tried));
    }
    BOOST_TEST(values.size() == 2u);
}

BOOST_AUTO_TEST_CASE(another_genesis_time_gives_other_values) {
    MemoryReader committed;
    State one(committed);
    State other(committed);
    beacon::init(one, {}, 7);
    beacon::init(other, {}, 8);
    BOOST_TEST((beacon::value(one) != beacon::value(other)));
}

BOOST_AUTO_TEST_CASE(an_epoch_has_a_length) {
    BOOST_TEST(beacon::validate({}).has_value());
    BOOST_TEST(beacon::validate(beacon::devnet_params()).has_value());
    BOOST_TEST(beacon::validate({.epoch_blocks = 0}).error().message ==
               "beacon.epochBlocks is outside 1..1000000");
    BOOST_TEST(!beacon::validate({.epoch_blocks = 1'000'001}));
}

}  // namespace assay::test
