// Stake goes in and comes out after its wait, and votes follow it.
#include "tests/modules/staking/staking_fixture.hpp"

namespace assay::test {

BOOST_FIXTURE_TEST_CASE(genesis_validators_hold_their_operators_stake, StakingFixture) {
    BOOST_TEST(balance(pool::kStake) == tokens(60));
    BOOST_TEST(status(1).validator.power == 30u);
    BOOST_TEST((status(1).status == staking::Status::active));
    BOOST_TEST(delegation(operator_of(1), 1).stake == tokens(30));
    BOOST_TEST((staking::operator_of(state, validator(2)) == operator_of(2)));
    BOOST_TEST(!staking::operator_of(state, Address{{0x66}}));
    next_block();
    BOOST_TEST(updates == 0u);  // consensus began with this set
}

BOOST_FIXTURE_TEST_CASE(delegated_stake_votes_and_comes_back_after_its_wait, StakingFixture) {
    BOOST_TEST(delegate(kAnn, 3, tokens(15)) == TxCode::ok);
    BOOST_TEST(delegate(kAnn, 3, tokens(5)) == TxCode::ok);
    next_block();
    BOOST_TEST(set[validator(3)] == 30u);
    BOOST_TEST(updates == 1u);
    BOOST_TEST(unbond(kAnn, 3, tokens(12)) == TxCode::ok);
    BOOST_TEST(delegation(kAnn, 3).stake == tokens(8));
    next_block();
    BOOST_TEST(set[validator(3)] == 18u);
    const auto leaving = delegation(kAnn, 3).unbondings;
    BOOST_REQUIRE(leaving.size() == 1u);
    BOOST_TEST(leaving[0].amount == tokens(12));
    BOOST_TEST(leaving[0].ends_s == 1'000'001 + params.unbonding_s);
    next_block(params.unbonding_s - 2);
    BOOST_TEST(balance(kAnn) == tokens(9'980));
    next_block();
    next_block();
    BOOST_TEST(balance(kAnn) == tokens(9'992));
    BOOST_TEST(unbond(kAnn, 3, tokens(8)) == TxCode::ok);
    next_block(params.unbonding_s);
    next_block();
    BOOST_TEST(balance(kAnn) == tokens(10'000));
    BOOST_TEST(
        !state.contains(staking::kDelegations, {.delegator = kAnn, .validator = validator(3)}));
}

BOOST_FIXTURE_TEST_CASE(delegations_are_refused_whole, StakingFixture) {
    const staking::Delegate unknown{.validator = Address{{0x66}}};
    BOOST_TEST(send(kAnn, unknown, tokens(1)) == TxCode::validator_not_found);
    BOOST_TEST(delegate(kAnn, 1, {}) == TxCode::amount_zero);
    BOOST_TEST(delegate(kAnn, 1, difference_of(params.min_delegation, 1)) ==
               TxCode::stake_too_small);
    BOOST_TEST(delegate(kAnn, 1, tokens(10'001)) == TxCode::insufficient_balance);
    accuse(2, 1, 1'000'000);
    next_block();
    BOOST_TEST(delegate(kAnn, 2, tokens(1)) == TxCode::validator_tombstoned);
    auto cheap = state.must_get(staking::kValidators, validator(1));
    cheap.shares = Amount::from_raw(static_cast<u128>(1) << 112U);
    state.put(staking::kValidators, validator(1), cheap);
    BOOST_TEST(delegate(kAnn, 1, tokens(1)) == TxCode::stake_limit_reached);
}

BOOST_FIXTURE_TEST_CASE(stake_leaves_only_as_far_as_it_is_there, StakingFixture) {
    BOOST_TEST(send(kAnn, staking::Unbond{.validator = Address{{0x66}}, .amount = 1}) ==
               TxCode::validator_not_found);
    BOOST_TEST(unbond(kAnn, 1, {}) == TxCode::amount_zero);
    BOOST_TEST(unbond(kAnn, 1, 1) == TxCode::no_stake);
    BOOST_TEST(delegate(kAnn, 1, tokens(10)) == TxCode::ok);
    BOOST_TEST(unbond(kAnn, 1, sum_of(tokens(10), 1)) == TxCode::no_stake);
    BOOST_TEST(unbond(kAnn, 1, difference_of(tokens(10), 1)) == TxCode::stake_too_small);
    BOOST_TEST(unbond(kAnn, 1, 1) == TxCode::stake_too_small);
    for (std::uint32_t i = 0; i < params.max_unbondings; ++i)
        BOOST_TEST(unbond(kAnn, 1, tokens(1)) == TxCode::ok);
    BOOST_TEST(unbond(kAnn, 1, tokens(1)) == TxCode::unbonding_limit_reached);
    next_block(params.unbonding_s);
    next_block();
    BOOST_TEST(unbond(kAnn, 1, tokens(1)) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(the_best_staked_hold_the_seats, StakingFixture) {
    params.max_validators = 3;
    state.put(staking::kParams, {}, params);
    BOOST_TEST(send(operator_of(4), bond(4, operator_of(4)), tokens(10)) == TxCode::ok);
    next_block();
    BOOST_TEST(set.size() == 3u);  // of two with 10 votes, the lower address
    BOOST_TEST(set.contains(std::min(validator(3), validator(4))));
    BOOST_TEST(delegate(kAnn, 4, tokens(1)) == TxCode::ok);
    next_block();
    BOOST_TEST(set[validator(4)] == 11u);
    BOOST_TEST(!set.contains(validator(3)));
    BOOST_TEST((status(3).status == staking::Status::waiting));
    const staking::ListValidators page{.after = {}, .count = 3};
    const auto first = page.view(state, block);
    BOOST_TEST(first->size() == 3u);
    const staking::ListValidators rest{.after = first->back().validator.address, .count = 3};
    BOOST_TEST(rest.view(state, block)->size() == 1u);
    BOOST_TEST(!staking::ListValidators{}.view(state, block));
}

BOOST_AUTO_TEST_CASE(the_last_validator_stays_whatever_happens) {
    StakingFixture chain({5});
    BOOST_TEST(chain.unbond(operator_of(1), 1, tokens(5)) == TxCode::ok);
    chain.next_block();
    BOOST_TEST(chain.set.size() == 1u);
    BOOST_TEST((chain.status(1).status == staking::Status::jailed));
    chain.accuse(1, 1, 1'000'000);
    chain.next_block();
    chain.next_block();
    BOOST_TEST(chain.set.size() == 1u);
    BOOST_TEST(chain.send(operator_of(2), chain.bond(2, operator_of(2)), tokens(2)) == TxCode::ok);
    chain.next_block();
    BOOST_TEST(chain.set.size() == 1u);
    BOOST_TEST(chain.set[validator(2)] == 2u);
}

}  // namespace assay::test
