// Blocks that begin with a proof, on the whole application: who may make one, what it leaves, and
// that it all comes back when the blocks are executed again.
#include <boost/test/unit_test.hpp>
#include <set>

#include "chain/app/audit.hpp"
#include "chain/crypto/hash.hpp"
#include "genesis/genesis.hpp"
#include "modules/beacon/api.hpp"
#include "modules/beacon/keys.hpp"
#include "modules/wiring/modules.hpp"
#include "tests/support/temp_dir.hpp"

namespace assay {

namespace {

crypto::SecretKey numbered(const std::string& name) {
    return *crypto::secret_key_from(sha256(view_of(name)));
}
FixedBytes<33> public_of(const crypto::SecretKey& key) {
    return crypto::public_key_of(key)->compressed();
}

GenesisDoc two_validators(const Address& rich) {
    std::vector<GenesisValidator> validators;
    for (const char* name : {"a", "b"})
        validators.push_back({.public_key = public_of(numbered(name)),
                              .power = 1,
                              .fee_recipient = Address{{0x78}},
                              .vrf_public_key = public_of(numbered(std::string("vrf ") + name))});
    GenesisDoc doc = devnet_genesis(std::move(validators), 1'700'000'000);
    doc.accounts.push_back(
        {.address = rich, .balance = Amount::from_raw(static_cast<u128>(kTokenUnits) * 100)});
    return doc;
}

struct Chain {
    TempDir folder;
    TempDir other_folder;
    Registry registry{all_modules()};
    crypto::SecretKey payer = numbered("payer");
    GenesisDoc doc = two_validators(crypto::address_of(*crypto::public_key_of(payer)));
    std::unique_ptr<Database> database = *Database::open(folder.path());
    std::unique_ptr<ChainApp> app = *ChainApp::open(app_config(doc), registry, *database);
    FixedBytes<20> proposer = consensus_address(public_of(numbered("a")));
    std::uint64_t nonce = 0;

    Chain() { BOOST_REQUIRE(app->init_chain().has_value()); }

    Bytes transfer() {
        Envelope tx;
        tx.chain_id = doc.chain_id;
        tx.nonce = nonce++;
        tx.max_fee_per_gas = 2'000'000'000;
        tx.gas_limit = 30'000;
        tx.to = Address{{0xb0}};
        tx.value = 1;
        sign_envelope(tx, payer);
        return encode_envelope(tx);
    }
    Bytes entry(const std::string& key) const {
        return encode_block_entry(ecvrf::prove(numbered(key), app->proof_request(proposer)->alpha));
    }
    FinalizeRequest request(std::vector<Bytes> txs, std::uint8_t round = 0) const {
        const std::uint64_t height = app->store().height() + 1;
        return {.height = height,
                .time = {static_cast<std::int64_t>(doc.genesis_time_s + height), 0},
                .hash = sha256(Bytes{static_cast<std::uint8_t>(height), round}),
                .proposer_address = proposer,
                .txs = std::move(txs)};
    }
    FinalizeResponse block(std::vector<Bytes> txs) {
        const auto made = request(std::move(txs));
        BOOST_TEST(app->process_proposal(made));
        auto response = app->finalize_block(made);
        BOOST_REQUIRE(app->commit({}).has_value());
        return response;
    }
    Hash256 value() const { return beacon::value(State(app->store())); }
    std::uint64_t missed() const {
        return State(app->store()).get_or_default(beacon::kVrfKeys, proposer).missed;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_entry_is_counted_by_consensus_and_is_no_transaction, Chain) {
    const auto response = block({entry("vrf a"), transfer(), transfer()});
    BOOST_REQUIRE(response.results.size() == 3u);
    BOOST_TEST((response.results[0].code == TxCode::ok));
    BOOST_TEST(response.results[0].gas_wanted == 0u);
    BOOST_TEST(response.results[0].gas_used == 0u);
    BOOST_TEST(response.results[0].data.empty());
    BOOST_TEST((response.results[1].code == TxCode::ok));
    BOOST_TEST(response.results[2].gas_used == 21'000u);
    BOOST_TEST(app->index().block(1)->tx_count == 2u);
    BOOST_TEST(app->index().receipts(1).size() == 2u);
    BOOST_TEST(app->index().txs(1)[0].raw[0] != kBlockEntryType);
    BOOST_TEST(missed() == 0u);
}

BOOST_FIXTURE_TEST_CASE(an_entry_that_does_not_hold_makes_a_proposal_dishonest, Chain) {
    const Bytes good = entry("vrf a");
    BOOST_TEST(app->process_proposal(request({})));
    BOOST_TEST(app->process_proposal(request({good})));
    BOOST_TEST(!app->process_proposal(request({entry("vrf b")})));  // another's key
    BOOST_TEST(!app->process_proposal(request({good, good})));
    BOOST_TEST(!app->process_proposal(request({transfer(), good})));
    Bytes damaged = good;
    for (const std::size_t at : {std::size_t{1}, std::size_t{40}, good.size() - 1}) {
        damaged = good;
        damaged[at] ^= 1;
        BOOST_TEST(!app->process_proposal(request({damaged})));
    }
    damaged = good;
    damaged.push_back(0);
    BOOST_TEST(!app->process_proposal(request({damaged})));
    BOOST_TEST(!app->process_proposal(request({Bytes(good.begin(), good.end() - 1)})));
    BOOST_TEST(!app->process_proposal(request({Bytes{kBlockEntryType}})));
    BOOST_TEST(!app->check_tx(good));  // nobody can send one
    block({good});
    BOOST_TEST(!app->process_proposal(request({good})));  // of the height before
    proposer = consensus_address(public_of(numbered("b")));
    BOOST_TEST(app->process_proposal(request({entry("vrf b")})));
}

BOOST_FIXTURE_TEST_CASE(a_validator_has_one_output_a_height_whatever_its_block_says, Chain) {
    const Bytes made = entry("vrf a");
    std::set<Hash256> values;
    for (std::uint8_t round = 0; round < 5; ++round) {
        TempDir scratch;
        auto other = *Database::open(scratch.path());
        auto tried = *ChainApp::open(app_config(doc), registry, *other);
        BOOST_REQUIRE(tried->init_chain().has_value());
        nonce = 0;
        std::vector<Bytes> txs{made};
        for (std::uint8_t i = 0; i < round; ++i) txs.push_back(transfer());
        tried->finalize_block(request(std::move(txs), round));
        BOOST_REQUIRE(tried->commit({}).has_value());
        values.insert(beacon::value(State(tried->store())));
    }
    BOOST_TEST(values.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(blocks_with_and_without_entries_replay_to_the_same_chain, Chain) {
    std::set<Hash256> values{value()};
    for (int i = 0; i < 20; ++i) {
        proposer = consensus_address(public_of(numbered(i % 2 == 0 ? "a" : "b")));
        std::vector<Bytes> txs;
        if (i % 5 != 4) txs.push_back(entry(i % 2 == 0 ? "vrf a" : "vrf b"));
        if (i % 3 == 0) txs.push_back(transfer());
        block(std::move(txs));
        values.insert(value());
    }
    BOOST_TEST(values.size() == 21u);
    BOOST_TEST(missed() == 2u);  // of b, in blocks 10 and 20
    auto other = *Database::open(other_folder.path());
    auto fresh = *ChainApp::open(app_config(doc), registry, *other);
    const auto summary = replay(*app, *fresh);
    BOOST_REQUIRE(summary.has_value());
    BOOST_TEST(summary->blocks == 20u);
    BOOST_TEST(summary->txs == 7u);
    for (const auto& failure : audit(*app)) BOOST_ERROR(failure.rule + ": " + failure.what);
}

// A block no honest validator accepts still executes: alike on every node, and with the fallback.
BOOST_FIXTURE_TEST_CASE(a_false_entry_that_was_decided_falls_back, Chain) {
    const Hash256 before = value();
    const auto response = app->finalize_block(request({entry("vrf b"), transfer()}));
    BOOST_REQUIRE(app->commit({}).has_value());
    BOOST_TEST(response.results.size() == 2u);
    Bytes fallback = to_bytes(view_of("assay/beacon/3"));
    append(fallback, before);
    BOOST_TEST((value() == sha256(fallback)));
    BOOST_TEST(missed() == 1u);
}

BOOST_AUTO_TEST_CASE(vrf_keys_of_a_genesis_are_checked_and_may_be_absent) {
    GenesisDoc doc = two_validators(Address{{0x44}});
    BOOST_TEST(to_json(*parse_genesis(to_json(doc))) == to_json(doc));
    const auto refusal = [](const GenesisDoc& bad) { return validate(bad).error().message; };
    GenesisDoc bad = doc;
    bad.validators[0].vrf_public_key = FixedBytes<33>{};
    BOOST_TEST(refusal(bad).ends_with("vrfPublicKey is not a compressed secp256k1 key"));
    bad = doc;
    bad.validators[1].vrf_public_key = bad.validators[0].vrf_public_key;
    BOOST_TEST(refusal(bad).ends_with("vrfPublicKey must be a key of its own"));
    bad = doc;
    bad.validators[1].vrf_public_key = bad.validators[1].public_key;
    BOOST_TEST(refusal(bad).ends_with("vrfPublicKey must be a key of its own"));
    doc.validators[0].vrf_public_key = std::nullopt;
    BOOST_TEST(validate(doc).has_value());
    BOOST_TEST(!parse_genesis(to_json(doc))->validators[0].vrf_public_key);
}

}  // namespace assay
