// Keys are registered by those who hold them, and count two epochs later.
#include "modules/beacon/register_vrf_key.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/modules/beacon/beacon_fixture.hpp"

namespace assay::test {

BOOST_FIXTURE_TEST_CASE(a_first_key_counts_from_the_second_epoch_on, BeaconFixture) {
    skip_to(3);
    BOOST_TEST(send(registration(kOtherVal, vrf_key(2))) == TxCode::ok);
    const auto waiting = beacon::GetVrfKey{kOtherVal}.view(state, env(kVal, height));
    BOOST_TEST(waiting->key.empty());
    BOOST_TEST((waiting->next == to_bytes(public_of(vrf_key(2)))));
    BOOST_TEST(waiting->next_from == 20u);
    skip_to(18);
    BOOST_TEST(!beacon::proof_request(state, env(kOtherVal, 19)));
    BOOST_TEST(!proven_block(kOtherVal, vrf_key(2)));  // block 19: not yet
    BOOST_TEST(missed(kOtherVal) == 0u);               // and nothing is owed
    BOOST_TEST(beacon::proof_request(state, env(kOtherVal, 20)).has_value());
    BOOST_TEST(proven_block(kOtherVal, vrf_key(2)));
    BOOST_TEST(!block(kOtherVal, {}));
    BOOST_TEST(missed(kOtherVal) == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_replaced_key_counts_until_the_new_one_does, BeaconFixture) {
    skip_to(10);
    BOOST_TEST(send(registration(kVal, vrf_key(3))) == TxCode::ok);
    skip_to(28);
    BOOST_TEST(!proven_block(kVal, vrf_key(3)));  // block 29
    BOOST_TEST(missed(kVal) == 1u);
    BOOST_TEST(proven_block(kVal, vrf_key(3)));
    BOOST_TEST(!proven_block(kVal, vrf_key(1)));
    // The next one replaces the third, not the first.
    BOOST_TEST(send(registration(kVal, vrf_key(4))) == TxCode::ok);
    BOOST_TEST(proven_block(kVal, vrf_key(3)));
    while (height < 49) (void)proven_block(kVal, vrf_key(3));
    BOOST_TEST(proven_block(kVal, vrf_key(4)));
}

BOOST_FIXTURE_TEST_CASE(a_key_that_waits_can_be_replaced_and_the_wait_begins_anew, BeaconFixture) {
    skip_to(5);
    BOOST_TEST(send(registration(kOtherVal, vrf_key(2))) == TxCode::ok);
    skip_to(15);
    BOOST_TEST(send(registration(kOtherVal, vrf_key(3))) == TxCode::ok);
    skip_to(20);
    BOOST_TEST(!proven_block(kOtherVal, vrf_key(2)));
    skip_to(29);
    BOOST_TEST(proven_block(kOtherVal, vrf_key(3)));
}

BOOST_FIXTURE_TEST_CASE(only_the_operator_registers_and_only_for_a_validator, BeaconFixture) {
    skip_to(1);
    const FixedBytes<20> nobody{{0x55}};
    BOOST_TEST(send(registration(nobody, vrf_key(2))) == TxCode::not_found);
    BOOST_TEST(send(registration(kVal, vrf_key(2)), Address{{0x77}}) == TxCode::not_owner);
    BOOST_TEST(send(registration(kVal, vrf_key(1))) == TxCode::already_exists);
    BOOST_TEST(send(registration(kVal, vrf_key(2))) == TxCode::ok);
    BOOST_TEST(send(registration(kVal, vrf_key(2))) == TxCode::already_exists);
    // Going back to the key that counts would be no change but in waiting.
    BOOST_TEST(send(registration(kVal, vrf_key(1))) == TxCode::already_exists);
}

BOOST_FIXTURE_TEST_CASE(possession_is_proven_for_this_chain_and_validator, BeaconFixture) {
    skip_to(1);
    const auto good = registration(kVal, vrf_key(2));
    const auto refused = [&](auto change) {
        auto bad = good;
        change(bad);
        BOOST_TEST(send(bad) == TxCode::proof_malformed);
    };
    refused([](auto& m) { m.validator = kOtherVal; });
    refused([](auto& m) { m.public_key = to_bytes(public_of(vrf_key(3))); });
    refused([](auto& m) { m.public_key.clear(); });
    refused([](auto& m) { m.public_key = Bytes(33, 0); });
    refused([](auto& m) { m.proof.pop_back(); });
    refused([](auto& m) { m.proof.back() ^= 1; });
    refused([](auto& m) {
        m.proof = to_bytes(
            ecvrf::prove(vrf_key(2), beacon::possession_alpha(kBeaconChain + 1, m.validator)));
    });
    refused([&](auto& m) { m.proof = to_bytes(proof_by(vrf_key(2))); });  // a block's proof
    BOOST_TEST(send(good) == TxCode::ok);
}

BOOST_AUTO_TEST_CASE(epochs_are_counted_from_their_first_block) {
    BOOST_TEST(beacon::counts_from(0, 10) == 20u);
    BOOST_TEST(beacon::counts_from(9, 10) == 20u);
    BOOST_TEST(beacon::counts_from(10, 10) == 30u);
    BOOST_TEST(beacon::counts_from(5, 1) == 7u);
}

}  // namespace assay::test
