// What is lost, by whom, and for how long after it was done.
#include "tests/modules/staking/staking_fixture.hpp"

namespace assay::test {

BOOST_FIXTURE_TEST_CASE(double_signing_burns_and_banishes_once, StakingFixture) {
    BOOST_TEST(delegate(kAnn, 1, tokens(70)) == TxCode::ok);
    next_block();
    accuse(1, 1, block.time_s);
    accuse(1, 2, block.time_s);  // it loses once, however often it lied before it was caught
    next_block();
    BOOST_TEST(delegation(kAnn, 1).stake == ppm_floor(tokens(70), 950'000));
    BOOST_TEST(ledger::supply(state).burned_slashes == tokens(5));
    BOOST_TEST((status(1).status == staking::Status::tombstoned));
    next_block();
    BOOST_TEST(!set.contains(validator(1)));
    accuse(1, 3, block.time_s);
    next_block();
    BOOST_TEST(ledger::supply(state).burned_slashes == tokens(5));
    next_block(1'000);
    BOOST_TEST(send(operator_of(1), staking::Unjail{.validator = validator(1)}) ==
               TxCode::validator_tombstoned);
    BOOST_TEST(send(kBob, bond(1, kBob), tokens(5)) == TxCode::already_exists);
    BOOST_TEST(unbond(kAnn, 1, delegation(kAnn, 1).stake) == TxCode::ok);
    accuse(9, 3, block.time_s);  // never was a validator
    next_block(params.unbonding_s);
    next_block();
    BOOST_TEST(balance(kAnn) == difference_of(tokens(10'000), ppm_ceil(tokens(70), 50'000)));
}

BOOST_FIXTURE_TEST_CASE(what_left_after_the_infraction_pays_for_it_too, StakingFixture) {
    BOOST_TEST(delegate(kAnn, 1, tokens(20)) == TxCode::ok);
    BOOST_TEST(delegate(kBob, 1, tokens(40)) == TxCode::ok);
    BOOST_TEST(unbond(kAnn, 1, tokens(20)) == TxCode::ok);  // in the bucket of 1,000,000
    next_block();
    next_block(params.bucket_s);
    const std::uint64_t infraction = block.height;
    next_block();
    BOOST_TEST(unbond(kBob, 1, tokens(10)) == TxCode::ok);  // the infraction's own bucket
    next_block(2 * params.bucket_s);
    BOOST_TEST(unbond(kBob, 1, tokens(10)) == TxCode::ok);
    accuse(1, infraction, block.time_s);
    next_block();
    BOOST_TEST(delegation(kAnn, 1).unbondings[0].amount == tokens(20));
    for (const auto& entry : delegation(kBob, 1).unbondings)
        BOOST_TEST(entry.amount == ppm_floor(tokens(10), 950'000));
    // 5% of 30 + 20 bonded and of 20 that left.
    BOOST_TEST(ledger::supply(state).burned_slashes == ppm_floor(tokens(70), 50'000));
    next_block(params.unbonding_s);
    next_block();
    BOOST_TEST(balance(kAnn) == tokens(10'000));
    BOOST_TEST(balance(kBob) == sum_of(tokens(9'960), tokens(19)));
}

BOOST_FIXTURE_TEST_CASE(who_leaves_at_the_end_of_a_span_stands_behind_the_next_block,
                        StakingFixture) {
    BOOST_TEST(block.time_s % params.bucket_s == 0u);
    next_block(params.bucket_s - 1);
    BOOST_TEST(unbond(operator_of(1), 1, tokens(30)) == TxCode::ok);
    const std::uint64_t left = block.height;
    blocks(3);
    accuse(2, left, block.time_s);
    accuse(1, left + 1, block.time_s);  // in another span, with all its votes
    next_block();
    BOOST_TEST(ledger::supply(state).burned_slashes == ppm_floor(tokens(50), 50'000));
    BOOST_TEST(unbond(operator_of(3), 3, tokens(10)) == TxCode::ok);
    blocks(3);
    accuse(3, block.height - 1, block.time_s);  // without any
    next_block();
    BOOST_TEST(ledger::supply(state).burned_slashes == ppm_floor(tokens(50), 50'000));
}

BOOST_FIXTURE_TEST_CASE(absence_costs_little_and_ends, StakingFixture) {
    absent = {validator(3)};
    blocks(params.window_blocks / 2);
    BOOST_TEST(status(3).missed_blocks == params.window_blocks / 2);
    BOOST_TEST((status(3).status == staking::Status::active));
    next_block();
    BOOST_TEST((status(3).status == staking::Status::jailed));
    BOOST_TEST(status(3).missed_blocks == 0u);
    BOOST_TEST(delegation(operator_of(3), 3).stake == ppm_floor(tokens(10), 999'000));
    const staking::Unjail unjail{.validator = validator(3)};
    BOOST_TEST(send(operator_of(3), unjail) == TxCode::too_early);
    next_block();
    BOOST_TEST(!set.contains(validator(3)));
    blocks(3);
    BOOST_TEST(status(3).missed_blocks == 0u);
    next_block(params.jail_s);
    absent.clear();
    BOOST_TEST(send(operator_of(3), unjail) == TxCode::ok);
    next_block();
    BOOST_TEST(set[validator(3)] == 10u);  // 9.99 tokens
    BOOST_TEST(status(3).missed_blocks == 0u);
}

BOOST_FIXTURE_TEST_CASE(old_absences_leave_the_window, StakingFixture) {
    absent = {validator(2)};
    blocks(params.window_blocks / 2);
    absent.clear();
    blocks(params.window_blocks / 2 + 10);
    BOOST_TEST(status(2).missed_blocks == params.window_blocks / 2 - 10);
    absent = {validator(2)};
    blocks(10);
    BOOST_TEST((status(2).status == staking::Status::active));
    absent.clear();
    blocks(params.window_blocks);
    BOOST_TEST(!state.contains(staking::kAbsences, validator(2)));
}

BOOST_FIXTURE_TEST_CASE(a_missing_proof_costs_a_little_of_everybodys_stake, StakingFixture) {
    std::uint64_t missed = 0;
    const auto miss = [&](int times) {
        for (int i = 0; i < times; ++i)
            staking::punish_missing_proofs(state, block, validator(1), ++missed);
    };
    miss(99);
    BOOST_TEST(ledger::supply(state).burned_slashes == Amount{});
    miss(1);
    BOOST_TEST(ledger::supply(state).burned_slashes == ppm_floor(tokens(30), 1'000));
    staking::punish_missing_proofs(state, block, Address{{0x66}}, 100);
    next_block();
    BOOST_TEST(updates == 0u);  // the nearest power is the same
    miss(2'000);
    next_block();
    BOOST_TEST(set[validator(1)] == 29u);
}

}  // namespace assay::test
