// Becoming a validator, its terms, and the way back from jail.
#include "tests/modules/staking/staking_fixture.hpp"

namespace assay::test {

BOOST_FIXTURE_TEST_CASE(a_bond_brings_a_validator_that_may_propose, StakingFixture) {
    BOOST_TEST(send(kAnn, bond(4, kAnn), tokens(40)) == TxCode::ok);
    BOOST_TEST((state.get(kFeeRecipients, validator(4)) == kAnn));
    BOOST_TEST((staking::operator_of(state, validator(4)) == kAnn));
    next_block();
    BOOST_TEST(set[validator(4)] == 40u);
    BOOST_TEST(delegation(kAnn, 4).stake == tokens(40));
    BOOST_TEST(send(kBob, bond(4, kBob), tokens(40)) == TxCode::already_exists);
}

BOOST_FIXTURE_TEST_CASE(a_bond_needs_the_key_its_chain_and_its_operator, StakingFixture) {
    const auto refused = [&](const staking::Bond& message, TxCode code) {
        BOOST_TEST(send(kAnn, message, tokens(5)) == code);
    };
    auto bad = bond(4, kAnn);
    bad.proof[5] ^= 1;
    refused(bad, TxCode::proof_malformed);
    refused(bond(4, kBob), TxCode::proof_malformed);
    refused(bond(4, kAnn, kStakingChain + 1), TxCode::proof_malformed);
    bad = bond(4, kAnn);
    bad.public_key = to_bytes(public_of(consensus_key(5)));
    refused(bad, TxCode::proof_malformed);
    bad.public_key.clear();
    refused(bad, TxCode::proof_malformed);
    bad.public_key = Bytes(33, 0);
    refused(bad, TxCode::proof_malformed);
    bad = bond(4, kAnn);
    bad.proof.pop_back();
    refused(bad, TxCode::proof_malformed);
    bad = bond(4, kAnn);
    bad.fee_recipient = {};
    refused(bad, TxCode::address_zero);
    bad.fee_recipient = pool::kStake;
    refused(bad, TxCode::reserved_recipient);
    bad = bond(4, kAnn);
    bad.commission_ppm = kPpm + 1;
    refused(bad, TxCode::rate_out_of_range);
    BOOST_TEST(send(kAnn, bond(4, kAnn)) == TxCode::amount_zero);
    BOOST_TEST(send(kAnn, bond(4, kAnn), difference_of(params.min_self_bond, 1)) ==
               TxCode::stake_too_small);
}

BOOST_FIXTURE_TEST_CASE(terms_change_slowly_and_by_the_operator_alone, StakingFixture) {
    staking::EditValidator edit{
        .validator = validator(1), .fee_recipient = kBob, .commission_ppm = 10'000};
    const Address op = operator_of(1);
    BOOST_TEST(send(kAnn, edit) == TxCode::not_owner);
    edit.validator = Address{{0x66}};
    BOOST_TEST(send(op, edit) == TxCode::validator_not_found);
    edit.validator = validator(1);
    BOOST_TEST(send(op, edit) == TxCode::ok);
    BOOST_TEST((state.get(kFeeRecipients, validator(1)) == kBob));
    edit.commission_ppm = 20'001;
    BOOST_TEST(send(op, edit) == TxCode::commission_step_too_large);
    edit.commission_ppm = 20'000;
    BOOST_TEST(send(op, edit) == TxCode::too_early);
    next_block(params.commission_wait_s);
    BOOST_TEST(send(op, edit) == TxCode::ok);
    edit.fee_recipient = kAnn;  // the same commission: no wait
    BOOST_TEST(send(op, edit) == TxCode::ok);
    next_block(params.commission_wait_s);
    edit.commission_ppm = 0;  // down as far as it likes
    BOOST_TEST(send(op, edit) == TxCode::ok);
    edit.commission_ppm = kPpm + 1;
    BOOST_TEST(send(op, edit) == TxCode::rate_out_of_range);
    edit.fee_recipient = {};
    BOOST_TEST(send(op, edit) == TxCode::address_zero);
}

BOOST_FIXTURE_TEST_CASE(an_operator_without_its_own_stake_leaves_the_set, StakingFixture) {
    const Address op = operator_of(3);
    BOOST_TEST(delegate(kAnn, 3, tokens(50)) == TxCode::ok);
    BOOST_TEST(send(op, staking::Unjail{.validator = validator(3)}) ==
               TxCode::validator_not_jailed);
    BOOST_TEST(unbond(op, 3, tokens(9)) == TxCode::ok);
    BOOST_TEST((status(3).status == staking::Status::active));
    BOOST_TEST(unbond(op, 3, tokens(1)) == TxCode::ok);
    BOOST_TEST((status(3).status == staking::Status::jailed));
    next_block();
    BOOST_TEST(!set.contains(validator(3)));
    BOOST_TEST(send(op, staking::Unjail{.validator = validator(3)}) == TxCode::stake_too_small);
    BOOST_TEST(delegate(op, 3, tokens(1)) == TxCode::ok);
    BOOST_TEST(send(kAnn, staking::Unjail{.validator = validator(3)}) == TxCode::not_owner);
    BOOST_TEST(send(op, staking::Unjail{.validator = Address{{0x66}}}) ==
               TxCode::validator_not_found);
    BOOST_TEST(send(op, staking::Unjail{.validator = validator(3)}) == TxCode::ok);
    next_block();
    BOOST_TEST(set[validator(3)] == 51u);
}

BOOST_AUTO_TEST_CASE(parameters_are_bounded) {
    const auto why = [](auto change) {
        staking::Params params;
        change(params);
        const auto good = staking::validate(params);
        return good ? std::string() : good.error().message;
    };
    BOOST_TEST(why([](auto&) {}).empty());
    BOOST_TEST(staking::validate(staking::devnet_params()).has_value());
    BOOST_TEST(why([](auto& p) { p.power_unit = 1; }) ==
               "staking.powerUnit is outside 1000000000000..1000000000000000000000000");
    BOOST_TEST(why([](auto& p) { p.min_self_bond = {}; }).starts_with("staking.minSelfBond"));
    BOOST_TEST(why([](auto& p) { p.min_delegation = {}; }).starts_with("staking.minDelegation"));
    BOOST_TEST(why([](auto& p) { p.max_validators = 0; }) ==
               "staking.maxValidators is outside 1..1000");
    BOOST_TEST(why([](auto& p) { p.bucket_s = 0; }).starts_with("staking.bucketS"));
    BOOST_TEST(why([](auto& p) { p.bucket_s = 100; }) ==
               "staking.unbondingS is more than 64 times bucketS");
    BOOST_TEST(why([](auto& p) { p.window_blocks = 0; }).starts_with("staking.windowBlocks"));
    BOOST_TEST(why([](auto& p) { p.double_sign_ppm = 500'001; }) ==
               "staking.doubleSignPpm is outside 0..500000");
    BOOST_TEST(why([](auto& p) { p.absence_ppm = kPpm; }).starts_with("staking.absencePpm"));
    BOOST_TEST(why([](auto& p) { p.beacon_miss_ppm = kPpm; }).starts_with("staking.beaconMissPpm"));
    BOOST_TEST(why([](auto& p) { p.min_signed_ppm = kPpm + 1; }).starts_with("staking.minSigned"));
    BOOST_TEST(why([](auto& p) { p.max_unbondings = 0; }).starts_with("staking.maxUnbondings"));
    BOOST_TEST(why([](auto& p) {
                   p.commission_step_ppm = kPpm + 1;
               }).starts_with("staking.commissionStepPpm"));
}

}  // namespace assay::test
