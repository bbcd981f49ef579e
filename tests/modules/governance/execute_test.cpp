// After the timelock: what was decided happens, or fails and moves nothing.
#include "modules/market/views.hpp"
#include "modules/staking/views.hpp"
#include "tests/support/governance_fixture.hpp"

namespace assay::test {

using namespace governance;

BOOST_FIXTURE_TEST_CASE(anybody_executes_once_the_timelock_is_over, GovernanceFixture) {
    const auto execute = [&](std::uint64_t id) { return send(kBob, Execute{.proposal = id}); };
    BOOST_TEST(execute(1) == TxCode::proposal_not_found);
    BOOST_TEST(propose(Changes{{"market.feePpm", "60000"}}) == TxCode::ok);
    BOOST_TEST(execute(1) == TxCode::wrong_state);
    accept(1);
    end_vote();
    const std::uint64_t ready_s = proposal(1).deadline_s;
    pass(ready_s - 1 - chain.block().time_s);
    BOOST_TEST(execute(1) == TxCode::too_early);
    BOOST_TEST(chain.ask(market::GetMarketParams{})->fee_ppm == 50'000u);
    pass(1);
    BOOST_TEST(execute(1) == TxCode::ok);
    BOOST_TEST(chain.ask(market::GetMarketParams{})->fee_ppm == 60'000u);
    BOOST_TEST((status(1) == Status::executed));
    BOOST_TEST(execute(1) == TxCode::wrong_state);
    pass(1);  // nothing waits for it any more
    BOOST_TEST(!chain.first_difference_on_replay().has_value());
}

BOOST_FIXTURE_TEST_CASE(the_end_of_the_block_executes_too, GovernanceFixture) {
    BOOST_TEST(propose(Changes{{"staking.minDelegation", "5"},
                               {"governance.votingS", "40"},
                               {"fees.minBaseFee", "1000001"},
                               {"market.feeSplit.burnedPpm", "650000"},
                               {"market.feeSplit.treasuryPpm", "0"}}) == TxCode::ok);
    const ModuleParams before = assay::devnet_params();
    carry(1);
    BOOST_TEST((status(1) == Status::executed));
    BOOST_TEST(chain.ask(staking::GetStakingParams{})->min_delegation == 5u);
    BOOST_TEST(params().voting_s == 40u);
    BOOST_TEST(chain.ask(market::GetMarketParams{})->fee_split.burned_ppm == 650'000u);
    BOOST_TEST(chain.state().must_get(kFeeParams, {}).min_base_fee == 1'000'001u);
    BOOST_TEST(chain.ask(market::GetMarketParams{})->reveal_window_s ==
               before.market.reveal_window_s);
    BOOST_TEST(!chain.first_difference_on_replay().has_value());
}

BOOST_FIXTURE_TEST_CASE(the_set_follows_its_new_size_at_once, GovernanceFixture) {
    BOOST_TEST(propose(Changes{{"staking.maxValidators", "2"}}) == TxCode::ok);
    accept(1);
    end_vote();
    pass(params().timelock_s);
    BOOST_TEST(chain.ask(staking::GetValidator{.validator = validator(3)})->validator.power == 10u);
    pass(1);
    BOOST_TEST(chain.ask(staking::GetValidator{.validator = validator(3)})->validator.power == 0u);
    BOOST_TEST(chain.ask(staking::GetValidator{.validator = validator(2)})->validator.power == 20u);
}

BOOST_FIXTURE_TEST_CASE(a_grant_comes_from_the_treasury_while_it_lasts, GovernanceFixture) {
    const Amount before = chain.balance(kAnn);
    BOOST_TEST(propose_grant(kAnn, tokens(70)) == TxCode::ok);
    BOOST_TEST(propose_grant(kAnn, tokens(60)) == TxCode::ok);
    accept(1);
    accept(2);
    end_vote();
    const Amount had = chain.balance(pool::kTreasury);
    pass(params().timelock_s);
    pass(1);
    BOOST_TEST((status(1) == Status::executed));
    BOOST_TEST((status(2) == Status::failed));
    BOOST_TEST(proposal(2).failure == static_cast<std::uint16_t>(TxCode::treasury_too_small));
    BOOST_TEST(difference_of(chain.balance(kAnn), before) == tokens(70));
    BOOST_TEST(chain.balance(pool::kTreasury) >= difference_of(had, tokens(70)));
    BOOST_TEST(chain.balance(pool::kTreasury) < tokens(60));
}

BOOST_FIXTURE_TEST_CASE(parameters_are_judged_again_when_they_are_due, GovernanceFixture) {
    // Each is sound alone; after the first, the second breaks P1.
    BOOST_TEST(propose(Changes{{"market.feeSplit.burnedPpm", "610000"},
                               {"market.feeSplit.jurorsPpm", "90000"}}) == TxCode::ok);
    BOOST_TEST(propose(Changes{{"market.feeSplit.burnedPpm", "620000"},
                               {"market.feeSplit.insurancePpm", "80000"}}) == TxCode::ok);
    BOOST_TEST(propose(Changes{{"market.feeSplit.burnedPpm", "610000"},
                               {"market.feeSplit.jurorsPpm", "90000"}}) == TxCode::ok);
    for (const std::uint64_t id : {1U, 2U, 3U}) accept(id);
    end_vote();
    pass(params().timelock_s);
    pass(1);
    BOOST_TEST((status(1) == Status::executed));
    BOOST_TEST((status(2) == Status::failed));
    BOOST_TEST(proposal(2).failure == static_cast<std::uint16_t>(TxCode::params_invalid));
    BOOST_TEST(proposal(3).failure == static_cast<std::uint16_t>(TxCode::params_unchanged));
    const auto split = chain.ask(market::GetMarketParams{})->fee_split;
    BOOST_TEST(split.burned_ppm == 610'000u);
    BOOST_TEST(split.insurance_ppm == 100'000u);
}

BOOST_FIXTURE_TEST_CASE(an_upgrade_begins_at_its_height, GovernanceFixture) {
    BOOST_TEST(propose_upgrade("v2", 9) == TxCode::ok);
    BOOST_TEST(!chain.ask(GetUpgradePlan{}));
    carry(1);
    BOOST_TEST(chain.ask(GetUpgradePlan{})->name == "v2");
    BOOST_TEST(chain.ask(GetUpgradePlan{})->height == 9u);
    while (chain.block().height < 8) pass(1);
    BOOST_TEST(chain.ask(GetUpgradePlan{}).has_value());
    pass(1);
    BOOST_TEST(!chain.ask(GetUpgradePlan{}));
    BOOST_TEST(chain.state().must_get(kUpgrades, "v2") == 9u);
    BOOST_TEST(propose_upgrade("v2", 99) == TxCode::already_exists);
    BOOST_TEST(propose_upgrade("v3", 99) == TxCode::ok);
    pass(1);
}

BOOST_FIXTURE_TEST_CASE(a_plan_can_be_replaced_or_taken_back, GovernanceFixture) {
    BOOST_TEST(propose_upgrade("v2", 1'000) == TxCode::ok);
    carry(1);
    BOOST_TEST(propose_upgrade("v2.1", 1'001) == TxCode::ok);
    carry(2);
    BOOST_TEST(chain.ask(GetUpgradePlan{})->name == "v2.1");
    BOOST_TEST(propose_upgrade("", 0) == TxCode::ok);
    BOOST_TEST(propose_upgrade("", 0) == TxCode::ok);
    BOOST_TEST(propose_upgrade("v3", chain.block().height + 1) == TxCode::ok);
    accept(3);
    accept(4);
    accept(5);
    end_vote();
    pass(params().timelock_s);
    pass(1);
    BOOST_TEST((status(3) == Status::executed));
    BOOST_TEST(!chain.ask(GetUpgradePlan{}));
    BOOST_TEST(proposal(4).failure == static_cast<std::uint16_t>(TxCode::no_upgrade_plan));
    BOOST_TEST(proposal(5).failure == static_cast<std::uint16_t>(TxCode::upgrade_height_passed));
    BOOST_TEST(!chain.first_difference_on_replay().has_value());
}

}  // namespace assay::test
