// Parameters of all modules together: each rule between modules refuses what breaks it.
#include "modules/wiring/params.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/state/memory_reader.hpp"

using namespace assay;

namespace {

template <class Change>
std::string refusal(const Change& change) {
    ModuleParams params;
    change(params);
    const auto good = validate(params);
    return good ? "" : good.error().message;
}

}  // namespace

BOOST_AUTO_TEST_CASE(defaults_and_devnet_pass) {
    BOOST_TEST(refusal([](ModuleParams&) {}) == "");
    BOOST_TEST(refusal([](ModuleParams& params) { params = devnet_params(); }) == "");
}

BOOST_AUTO_TEST_CASE(each_modules_own_rules_are_asked) {
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.market.fee_ppm = 0;
               }).starts_with("market.feePpm"));
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.disputes.evidence_s = 0;
               }).starts_with("disputes: a phase"));
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.jurors.max_seats = 0;
               }).starts_with("jurors.maxSeats"));
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.rewards.mu_ppm = 1'000'000;
               }).starts_with("P1: rewards.muPpm"));
}

BOOST_AUTO_TEST_CASE(p4_a_challenge_bond_answers_for_the_challengers_share) {
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.disputes.challenge_bond_ppm = 171'428;
               }).starts_with("P4"));
    BOOST_TEST(
        refusal([](ModuleParams& params) { params.disputes.challenge_bond_ppm = 171'429; }) == "");
}

// What a seat may be charged is locked: no unbonding is too short (ADR 25).
BOOST_AUTO_TEST_CASE(stake_may_unbond_in_a_second) {
    BOOST_TEST(refusal([](ModuleParams& params) { params.jurors.unbonding_s = 1; }) == "");
}

// With what is minted for it and what a challenger who loses leaves.
BOOST_AUTO_TEST_CASE(p3_made_up_work_loses_before_weak_juries) {
    // Of the defaults: 0.15625 x 1.0192 + 0.15625 x 0.125 B is 0.84375 x 0.6 B at B = 0.3272.
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.market.contributor_bond_ppm = 327'100;
               }).starts_with("P3: market.auditSharePpm"));
    const auto bonded = [](ModuleParams& params) { params.market.contributor_bond_ppm = 327'300; };
    BOOST_TEST(refusal(bonded) == "");
    BOOST_TEST(refusal([&](ModuleParams& params) {
                   bonded(params);
                   params.rewards.mu_ppm = 950'000;
               }).starts_with("P3"));
    BOOST_TEST(refusal([&](ModuleParams& params) {
                   bonded(params);
                   params.disputes.challenge_bond_ppm = 260'000;
               }).starts_with("P3"));
}

BOOST_AUTO_TEST_CASE(p7_no_submission_is_worth_more_than_the_last_panel) {
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.market.largest_submission =
                       *checked_mul(Amount(kTokenUnits), Amount(2'824));
               }) == "");
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.market.largest_submission =
                       *checked_mul(Amount(kTokenUnits), Amount(2'825));
               }).starts_with("P7"));
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.disputes.max_jury_fee = Amount(kTokenUnits * 15);
               }).starts_with("P7"));
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.market.largest_submission = Amount{};
               }).starts_with("market.largestSubmission"));
}

BOOST_AUTO_TEST_CASE(a_unit_of_stake_covers_a_seat_and_the_pool_pays_less_than_is_burned) {
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.jurors.min_stake = Amount(1);
               }).starts_with("jurors.minStake is below the largest penalty"));
    BOOST_TEST(refusal([](ModuleParams& params) {
                   params.disputes.pool_fees_ppm = params.market.slash_split.burned_ppm;
               }).starts_with("disputes.poolFeesPpm"));
}

BOOST_AUTO_TEST_CASE(genesis_writes_what_the_rules_read) {
    MemoryReader committed;
    State state(committed);
    init_modules(state, devnet_params(), 1'000);
    BOOST_TEST(state.must_get(market::kParams, {}).challenge_window_s ==
               devnet_params().market.challenge_window_s);
    BOOST_TEST(state.must_get(jurors::kParams, {}).min_stake == devnet_params().jurors.min_stake);
}
