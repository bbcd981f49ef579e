// Stake that moves at once, and what it still answers for where it was.
#include "tests/modules/staking/staking_fixture.hpp"

namespace assay::test {

namespace {

// Ann's 20 tokens at validator 1; whole blocks between all that matters.
struct Mover : StakingFixture {
    Mover() {
        BOOST_TEST(delegate(kAnn, 1, tokens(20)) == TxCode::ok);
        next_block();
    }
    Amount burned() const { return ledger::supply(state).burned_slashes; }
    std::size_t pending(const Address& who, std::uint64_t number) const {
        return delegation(who, number).redelegations.size();
    }
    // Punished in the next block for votes at `height`.
    void lied_at(std::uint64_t number, std::uint64_t height) {
        accuse(number, height, block.time_s);
        next_block();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(stake_moves_at_once_with_its_votes, Mover) {
    BOOST_TEST(set[validator(1)] == 50u);
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(15)) == TxCode::ok);
    BOOST_TEST(delegation(kAnn, 1).stake == tokens(5));
    BOOST_TEST(delegation(kAnn, 2).stake == tokens(15));
    BOOST_TEST(delegation(kAnn, 1).unbondings.empty());
    BOOST_TEST(balance(pool::kStake) == tokens(80));
    const auto moved = delegation(kAnn, 2).redelegations;
    BOOST_REQUIRE(moved.size() == 1u);
    BOOST_TEST((moved[0].source == validator(1)));
    BOOST_TEST(moved[0].amount == tokens(15));
    BOOST_TEST(moved[0].ends_s == block.time_s + params.unbonding_s);
    next_block();
    BOOST_TEST(set[validator(1)] == 35u);
    BOOST_TEST(set[validator(2)] == 35u);
    next_block(params.unbonding_s - 1);
    BOOST_TEST(pending(kAnn, 2) == 1u);
    next_block();
    BOOST_TEST(pending(kAnn, 2) == 0u);
    BOOST_TEST(delegation(kAnn, 2).stake == tokens(15));
}

BOOST_FIXTURE_TEST_CASE(a_moves_refusals, Mover) {
    const staking::Consensus nobody{{0x66}};
    BOOST_TEST(redelegate(kAnn, 1, 2, {}) == TxCode::amount_zero);
    BOOST_TEST(redelegate(kAnn, 1, 1, tokens(1)) == TxCode::same_validator);
    BOOST_TEST(send(kAnn, staking::Redelegate{.from = nobody, .to = validator(2), .amount = 1}) ==
               TxCode::validator_not_found);
    BOOST_TEST(send(kAnn, staking::Redelegate{.from = validator(1), .to = nobody, .amount = 1}) ==
               TxCode::validator_not_found);
    BOOST_TEST(redelegate(kBob, 1, 2, tokens(1)) == TxCode::no_stake);
    BOOST_TEST(redelegate(kAnn, 1, 2, sum_of(tokens(20), 1)) == TxCode::no_stake);
    BOOST_TEST(redelegate(kAnn, 1, 2, 1) == TxCode::stake_too_small);
    BOOST_TEST(redelegate(kAnn, 1, 2, difference_of(tokens(20), 1)) == TxCode::stake_too_small);
    lied_at(3, 1);
    BOOST_TEST(redelegate(kAnn, 1, 3, tokens(1)) == TxCode::validator_tombstoned);
    auto cheap = state.must_get(staking::kValidators, validator(2));
    cheap.shares = Amount::from_raw(static_cast<u128>(1) << 112U);
    state.put(staking::kValidators, validator(2), cheap);
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(1)) == TxCode::stake_limit_reached);
}

BOOST_FIXTURE_TEST_CASE(moved_stake_does_not_move_on_until_it_matured, Mover) {
    BOOST_TEST(delegate(kAnn, 2, tokens(10)) == TxCode::ok);
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(5)) == TxCode::ok);
    BOOST_TEST(redelegate(kAnn, 2, 3, tokens(5)) == TxCode::redelegation_immature);
    BOOST_TEST(redelegate(kAnn, 1, 3, tokens(5)) == TxCode::ok);  // from where nothing arrived
    BOOST_TEST(delegate(kBob, 2, tokens(5)) == TxCode::ok);
    BOOST_TEST(redelegate(kBob, 2, 3, tokens(5)) == TxCode::ok);  // another one's stake
    next_block(params.unbonding_s);
    BOOST_TEST(redelegate(kAnn, 2, 3, tokens(5)) == TxCode::redelegation_immature);
    next_block();
    BOOST_TEST(redelegate(kAnn, 2, 3, tokens(15)) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(so_many_moves_and_no_more, Mover) {
    for (std::uint32_t i = 0; i < params.max_redelegations; ++i)
        BOOST_TEST(redelegate(kAnn, 1, 2, tokens(1)) == TxCode::ok);
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(1)) == TxCode::redelegation_limit_reached);
    BOOST_TEST(redelegate(kAnn, 1, 3, tokens(1)) == TxCode::ok);
    next_block(params.unbonding_s);
    next_block();
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(1)) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(it_pays_for_what_its_source_did_before, Mover) {
    const std::uint64_t before = block.height;
    next_block();
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(15)) == TxCode::ok);
    BOOST_TEST(delegate(kBob, 2, tokens(10)) == TxCode::ok);
    next_block();
    lied_at(1, before);
    BOOST_TEST(burned() == ppm_floor(tokens(35), 50'000));  // of what is at the source
    // What it owes is gone from every answer before it is burned.
    BOOST_TEST(delegation(kAnn, 2).stake == ppm_floor(tokens(15), 950'000));
    BOOST_TEST(pending(kAnn, 2) == 0u);
    BOOST_TEST(delegation(kBob, 2).stake == tokens(10));
    BOOST_TEST(delegate(kAnn, 2, tokens(1)) == TxCode::ok);  // the next touch burns it
    BOOST_TEST(burned() == ppm_floor(tokens(50), 50'000));
    next_block();
    BOOST_TEST(set[validator(2)] == 45u);  // 20 + 14.25 + 10 + 1
    BOOST_TEST(moves_slashed == 1u);
    next_block(params.unbonding_s);
    next_block();
    BOOST_TEST(burned() == ppm_floor(tokens(50), 50'000));  // and only once
    BOOST_TEST(redelegate(kAnn, 2, 3, delegation(kAnn, 2).stake) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(it_answers_for_the_votes_that_it_stood_behind, Mover) {
    BOOST_TEST(redelegate(kAnn, 1, 3, tokens(10)) == TxCode::ok);
    const std::uint64_t moved = block.height;
    next_block();
    BOOST_TEST(delegate(kBob, 2, tokens(10)) == TxCode::ok);
    BOOST_TEST(redelegate(kBob, 2, 3, tokens(10)) == TxCode::ok);
    const std::uint64_t moved_too = block.height;
    blocks(3);
    lied_at(1, moved + 1);  // the new powers count two blocks after the move
    lied_at(2, moved_too + 2);
    BOOST_TEST(delegation(kAnn, 3).stake == ppm_floor(tokens(10), 950'000));
    BOOST_TEST(delegation(kBob, 3).stake == tokens(10));
    const Amount so_far = burned();
    BOOST_TEST(so_far == ppm_floor(tokens(30 + 10 + 20), 50'000));
    // Nobody touches them: the end of the redelegation does.
    next_block(params.unbonding_s);
    next_block();
    BOOST_TEST(burned() == sum_of(so_far, ppm_floor(tokens(10), 50'000)));
    BOOST_TEST(delegation(kAnn, 3).stake == ppm_floor(tokens(10), 950'000));
    BOOST_TEST(delegation(kBob, 3).stake == tokens(10));
}

BOOST_FIXTURE_TEST_CASE(the_destinations_offence_costs_what_it_costs_everybody, Mover) {
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(10)) == TxCode::ok);
    blocks(3);
    lied_at(2, block.height - 1);
    BOOST_TEST(delegation(kAnn, 2).stake == ppm_floor(tokens(10), 950'000));
    BOOST_TEST(delegation(kAnn, 1).stake == tokens(10));
    BOOST_TEST(burned() == ppm_floor(tokens(30), 50'000));
    // And then for its source as well, of what is left.
    lied_at(1, 1);
    BOOST_TEST(delegation(kAnn, 2).stake == ppm_floor(tokens(10), 902'500));
    // Whoever is punished already owes nothing more: no trace, and the next move is free.
    BOOST_TEST(redelegate(kAnn, 2, 3, delegation(kAnn, 2).stake) == TxCode::ok);
    BOOST_TEST(pending(kAnn, 3) == 0u);
    BOOST_TEST(burned() == sum_of(ppm_floor(tokens(70), 50'000), ppm_floor(tokens(10), 47'500)));
}

BOOST_FIXTURE_TEST_CASE(the_lien_goes_with_stake_that_leaves_the_destination, Mover) {
    BOOST_TEST(delegate(kAnn, 2, tokens(4)) == TxCode::ok);
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(10)) == TxCode::ok);
    next_block();
    BOOST_TEST(unbond(kAnn, 2, tokens(4)) == TxCode::ok);  // what is free leaves first
    BOOST_TEST(delegation(kAnn, 2).redelegations[0].amount == tokens(10));
    BOOST_TEST(unbond(kAnn, 2, tokens(6)) == TxCode::ok);
    BOOST_TEST(delegation(kAnn, 2).redelegations[0].amount == tokens(4));
    lied_at(1, 1);
    const auto leaving = delegation(kAnn, 2).unbondings;
    BOOST_REQUIRE(leaving.size() == 2u);
    BOOST_TEST(leaving[0].amount == tokens(4));
    BOOST_TEST(leaving[1].amount == ppm_floor(tokens(6), 950'000));
    BOOST_TEST(delegation(kAnn, 2).stake == ppm_floor(tokens(4), 950'000));
    const Amount before = balance(kAnn);
    next_block(params.unbonding_s);
    next_block();
    BOOST_TEST(difference_of(balance(kAnn), before) == sum_of(tokens(4), leaving[1].amount));
    BOOST_TEST(burned() == ppm_floor(tokens(50), 50'000));
}

BOOST_FIXTURE_TEST_CASE(all_of_it_leaving_frees_the_delegation, Mover) {
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(10)) == TxCode::ok);
    BOOST_TEST(unbond(kAnn, 2, tokens(10)) == TxCode::ok);
    BOOST_TEST(pending(kAnn, 2) == 0u);
    BOOST_TEST(delegate(kAnn, 2, tokens(3)) == TxCode::ok);
    BOOST_TEST(redelegate(kAnn, 2, 3, tokens(3)) == TxCode::ok);
    lied_at(1, 1);
    next_block(params.unbonding_s);
    next_block();
    BOOST_TEST(burned() == ppm_floor(tokens(50), 50'000));
    // After its wait nothing that came to light later is owed.
    BOOST_TEST(delegation(kAnn, 3).stake == tokens(3));
    lied_at(2, 2);
    BOOST_TEST(delegation(kAnn, 3).stake == tokens(3));
}

BOOST_FIXTURE_TEST_CASE(a_lien_ends_in_an_unbonding_too, Mover) {
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(10)) == TxCode::ok);
    next_block(params.unbonding_s - 5);
    BOOST_TEST(unbond(kAnn, 2, tokens(10)) == TxCode::ok);
    next_block(6);
    lied_at(1, 1);  // comes to light too late
    BOOST_REQUIRE(delegation(kAnn, 2).unbondings.size() == 1u);
    BOOST_TEST(delegation(kAnn, 2).unbondings[0].amount == tokens(10));
    const Amount before = balance(kAnn);
    next_block(params.unbonding_s);
    next_block();
    BOOST_TEST(difference_of(balance(kAnn), before) == tokens(10));
}

BOOST_FIXTURE_TEST_CASE(earnings_are_settled_on_both_sides, Mover) {
    pay_pool(tokens(80));
    next_block();
    BOOST_TEST(redelegate(kAnn, 1, 3, tokens(20)) == TxCode::ok);
    const Amount earned = delegation(kAnn, 1).rewards;
    BOOST_TEST(earned <= tokens(20));
    BOOST_TEST(sum_of(earned, 1'000'000) >= tokens(20));
    BOOST_TEST(delegation(kAnn, 3).rewards == Amount{});  // has no part in the past there
    next_block();
    pay_pool(tokens(80));
    next_block();
    BOOST_TEST(delegation(kAnn, 1).rewards == earned);
    const Amount there = delegation(kAnn, 3).rewards;
    BOOST_TEST(sum_of(there, 1'000'000) >= tokens(20));
    BOOST_TEST(there <= tokens(20));
    const Amount before = balance(kAnn);
    BOOST_TEST(withdraw(kAnn, 1) == TxCode::ok);
    BOOST_TEST(withdraw(kAnn, 3) == TxCode::ok);
    BOOST_TEST(difference_of(balance(kAnn), before) == sum_of(earned, there));
    BOOST_TEST(
        !state.contains(staking::kDelegations, {.delegator = kAnn, .validator = validator(1)}));
}

BOOST_FIXTURE_TEST_CASE(an_operator_that_moves_its_own_stake_away_is_jailed, Mover) {
    BOOST_TEST(redelegate(operator_of(3), 3, 2, tokens(10)) == TxCode::ok);
    BOOST_TEST((status(3).status == staking::Status::jailed));
    const staking::Unjail unjail{.validator = validator(3)};
    BOOST_TEST(send(operator_of(3), unjail) == TxCode::stake_too_small);
    BOOST_TEST(redelegate(kAnn, 1, 3, tokens(5)) == TxCode::ok);  // jailed ones take stake
    next_block();
    BOOST_TEST(!set.contains(validator(3)));
    BOOST_TEST(delegate(operator_of(3), 3, tokens(1)) == TxCode::ok);
    BOOST_TEST(send(operator_of(3), unjail) == TxCode::ok);
    next_block();
    BOOST_TEST(set[validator(3)] == 6u);
    absent = {validator(3)};
    blocks(params.window_blocks / 2 + 2);
    BOOST_TEST((status(3).status == staking::Status::jailed));
    BOOST_TEST(redelegate(operator_of(3), 3, 1, delegation(operator_of(3), 3).stake) ==
               TxCode::ok);  // and may be left
    BOOST_TEST(pending(operator_of(3), 1) == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_accounts_delegations_are_listed, Mover) {
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(5)) == TxCode::ok);
    BOOST_TEST(delegate(kAnn, 3, tokens(1)) == TxCode::ok);
    const auto list = [&](const staking::Consensus& after, std::uint32_t count) {
        return *staking::ListDelegations{.delegator = kAnn, .after = after, .count = count}.view(
            state, block);
    };
    const auto all = list({}, 100);
    BOOST_REQUIRE(all.size() == 3u);
    for (std::uint64_t number = 1; number <= 3; ++number) {
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) {
            return each.validator == validator(number);
        });
        BOOST_REQUIRE((found != all.end()));
        BOOST_TEST(found->stake == delegation(kAnn, number).stake);
    }
    BOOST_TEST(list({}, 2).size() == 2u);
    BOOST_TEST(list(all[1].validator, 2).size() == 1u);
    BOOST_TEST(!staking::ListDelegations{}.view(state, block));
}

}  // namespace assay::test
