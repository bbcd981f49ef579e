// Committing at a tier: who may, what stands behind it, and where it goes.
#include "modules/market/openings.hpp"
#include "modules/market/sampling.hpp"
#include "tests/support/choices.hpp"
#include "tests/support/tier_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::CommitAtTier;
using market::SubmissionState;

namespace {

constexpr std::uint32_t kCollateral_ppm[] = {100'000, 400'000, 1'100'000, 1'700'000, 2'500'000};

}  // namespace

BOOST_FIXTURE_TEST_CASE(each_tier_puts_its_share_behind_the_work, TierFixture) {
    post(40, kOddPrice);
    for (std::uint8_t tier = 0; tier <= market::kTopTier; ++tier) {
        const std::uint32_t content = 10U + tier;
        const std::uint64_t id = commit_at(work_of(kAnn, {content, content + 50}), tier);
        BOOST_TEST(submission(id).tier == tier);
        BOOST_TEST(submission(id).bond == ppm_ceil(Amount(666), kCollateral_ppm[tier]));
    }
    BOOST_TEST(held(pool::kContributorBonds) == Amount(67 + 267 + 733 + 1133 + 1665));
    BOOST_TEST(quote(2, 0) == chain.ask(market::QuoteCommit{.order = 1, .item_count = 2}).value());
}

BOOST_FIXTURE_TEST_CASE(nobody_commits_above_the_own_tier, TierFixture) {
    post(40);
    BOOST_TEST(refuse(kBob, at_tier(work_of(kBob, {1}), 3), quote(1, 3)) ==
               TxCode::tier_not_reached);
    BOOST_TEST(refuse(kCarol, at_tier(work_of(kCarol, {1}), 1), quote(1, 1)) ==
               TxCode::tier_not_reached);
    commit_at(work_of(kBob, {2}), 2);
    commit_at(work_of(kBob, {3}), 1);
    commit_at(work_of(kCarol, {4}), 0);
}

// 2^(-30/90) of the full score is 793700: below the top tier's.
BOOST_FIXTURE_TEST_CASE(a_tier_that_decayed_away_is_not_reached, TierFixture) {
    post(40);
    end_block(30 * genesis.params.reputation.step_s);
    BOOST_TEST(refuse(kAnn, at_tier(work_of(kAnn, {1}), 4), quote(1, 4)) ==
               TxCode::tier_not_reached);
    BOOST_TEST(submission(commit_at(work_of(kAnn, {1}), 3)).tier == 3U);
}

BOOST_FIXTURE_TEST_CASE(what_commit_submission_refuses_is_refused_at_a_tier, TierFixture) {
    post(4);
    const CommitAtTier good = at_tier(work_of(kAnn, {1, 2}), 4);
    const Amount value = quote(2, 4);
    const auto changed = [&](auto change) {
        CommitAtTier out = good;
        change(out);
        return refuse(kAnn, out, value);
    };
    BOOST_TEST(changed([](auto& m) { m.tier = 5; }) == TxCode::unknown_choice);
    BOOST_TEST(changed([](auto& m) { m.item_count = 0; }) == TxCode::count_zero);
    BOOST_TEST(changed([](auto& m) { m.commitment = {}; }) == TxCode::hash_zero);
    BOOST_TEST(changed([](auto& m) { m.order = 9; }) == TxCode::order_not_found);
    BOOST_TEST(changed([](auto& m) { m.item_count = 5; }) == TxCode::order_full);
    BOOST_TEST(changed([](auto& m) { m.tier = 3; }) == TxCode::wrong_value);
    BOOST_TEST(refuse(kAnn, good, sum_of(value, Amount(1))) == TxCode::wrong_value);
    BOOST_TEST(refuse(kAnn, good, difference_of(value, Amount(1))) == TxCode::wrong_value);
    BOOST_TEST(refuse(kBuyer, good, value) == TxCode::own_order);
    BOOST_TEST(send(kAnn, good, value) == TxCode::ok);
    BOOST_TEST(refuse(kAnn, good, value) == TxCode::duplicate_commitment);
    BOOST_TEST(
        chain.ask(market::QuoteCommitAtTier{.order = 1, .item_count = 1, .tier = 5}).has_error());
    BOOST_TEST(
        chain.ask(market::QuoteCommitAtTier{.order = 7, .item_count = 1, .tier = 1}).has_error());
    end_block(1'001);
    BOOST_TEST(refuse(kAnn, at_tier(work_of(kAnn, {3}), 4), quote(1, 4)) == TxCode::too_late);
}

BOOST_FIXTURE_TEST_CASE(accepted_work_gets_all_of_it_back, TierFixture) {
    post(4);
    const std::uint64_t id = submit_at(work_of(kAnn, {1, 2}), 4);
    BOOST_TEST(lost(kAnn, Amount(5 * kTokenUnits)));
    pass_deadline(id);
    pass_deadline(id);
    BOOST_TEST((state_of(id) == SubmissionState::finalized));
    BOOST_TEST(gained(kAnn, Amount(2 * kTokenUnits)));
}

BOOST_FIXTURE_TEST_CASE(a_slash_takes_the_tiers_collateral, TierFixture) {
    post(4);
    const std::uint64_t id = submit_at(work_of(kAnn, {7, 7}), 4);
    BOOST_TEST(prove(kCarol, duplicate(id)) == TxCode::ok);
    BOOST_TEST((state_of(id) == SubmissionState::rejected));
    BOOST_TEST(lost(kAnn, Amount(5 * kTokenUnits)));
    BOOST_TEST(gained(kCarol, Amount(2 * kTokenUnits)));  // 40% of five
}

BOOST_FIXTURE_TEST_CASE(a_place_that_is_never_filled_costs_the_tiers_collateral, TierFixture) {
    post(4);
    const std::uint64_t id = commit_at(work_of(kAnn, {1, 2}), 3);
    pass_deadline(id);
    BOOST_TEST((state_of(id) == SubmissionState::forfeited));
    BOOST_TEST(lost(kAnn, Amount(kTokenUnits / 10 * 34)));
}

// Of a hundred items, three not shown: each costs five hundredths at the top tier.
BOOST_FIXTURE_TEST_CASE(defects_weigh_more_where_less_is_looked_at, TierFixture) {
    post(100);
    std::vector<std::uint32_t> contents(100);
    for (std::uint32_t i = 0; i < 100; ++i) contents[i] = 1'000 + i;
    const std::uint64_t id = submit_at(work_of(kAnn, contents), 4);
    const market::ForceOpen ask{.submission = id, .indices = {1, 2, 3}};
    const auto value = chain.ask(market::QuoteForceOpen{.submission = id, .indices = ask.indices});
    BOOST_TEST(send(kCarol, ask, value.value()) == TxCode::ok);
    pass_deadline(id);
    BOOST_TEST((state_of(id) == SubmissionState::accepted));
    BOOST_TEST(submission(id).payout == reputation::tokens(85));
}

BOOST_FIXTURE_TEST_CASE(a_tier_says_how_much_of_it_is_audited, TierFixture) {
    post(40);
    const std::uint32_t shares[] = {1'000'000, 800'000, 600'000, 500'000, 400'000};
    for (std::uint8_t tier = 0; tier <= market::kTopTier; ++tier) {
        const std::uint64_t id = commit_at(work_of(kAnn, {20U + tier}), tier);
        BOOST_TEST(market::audit_share_ppm(order(), submission(id)) == shares[tier]);
    }
}

// P2 of T0 gives that of every tier, whatever the numbers.
BOOST_AUTO_TEST_CASE(every_tiers_audit_share_times_its_weight_is_two) {
    const Bytes bytes = bytes_of_seed(5, 20'000);
    Choices choices(bytes);
    int valid = 0;
    for (int i = 0; i < 500; ++i) {
        market::Params terms;
        terms.audit_share_ppm = 1 + static_cast<std::uint32_t>(choices.number() % kPpm);
        terms.defect_weight_ppm = static_cast<std::uint32_t>(choices.number() % 6'000'000);
        terms.tiers.t3.audit_share_ppm =
            10'000 + static_cast<std::uint32_t>(choices.number() % 990'000);
        if (!market::validate_sampling(terms)) continue;
        ++valid;
        for (std::uint8_t tier = 0; tier <= market::kTopTier; ++tier) {
            const std::uint64_t share = market::tier_terms(terms, tier).audit_share_ppm;
            BOOST_TEST(share * market::defect_weight_ppm(terms, tier) >= 2'000'000ULL * kPpm);
        }
        BOOST_TEST(market::defect_weight_ppm(terms, 0) == terms.defect_weight_ppm);
    }
    BOOST_TEST(valid > 100);
}
