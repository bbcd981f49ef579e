// What happens to work in the market, told to reputation.
#include "modules/market/openings.hpp"
#include "modules/market/sponsor.hpp"
#include "modules/reputation/decay.hpp"
#include "modules/reputation/objects.hpp"
#include "modules/reputation/views.hpp"
#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::SubmissionState;

namespace {

// Items of a token: 4 of them burn 0.12 tokens, of the devnet's one for the full score.
struct MarketReputation : MarketFixture {
    reputation::Reputation of(const Address& who) const {
        return chain.ask(reputation::ReputationOf{.account = who}).value();
    }
    // Accepted work of four items: 120'000 points.
    void earn_some() {
        const std::uint64_t id = submit(kAnn, {91, 92, 93, 94}, post(4));
        begin_at(submission(id).deadline_s);
        BOOST_TEST(settle(id) == TxCode::ok);
        BOOST_TEST(of(kAnn).score_ppm == 120'000U);
        earned_step = now_s() / step_s();
    }
    std::uint64_t step_s() const { return genesis.params.reputation.step_s; }
    std::uint32_t left_of(std::uint32_t score) const {
        return reputation::decayed(score, now_s() / step_s() - earned_step);
    }
    // Of the 120'000: everything but the decay.
    void expect(std::uint32_t score, std::uint32_t rejections, std::uint32_t frauds) const {
        BOOST_TEST(of(kAnn).score_ppm == left_of(score));
        BOOST_TEST(of(kAnn).rejections == rejections);
        BOOST_TEST(of(kAnn).frauds == frauds);
    }
    market::ProveFraud duplicate(std::uint64_t id) const {
        return {.submission = id,
                .kind = market::FraudKind::duplicate_content,
                .first = works.at(id).proof(0),
                .second = works.at(id).proof(1)};
    }
    std::uint64_t earned_step = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(accepted_work_grows_the_contributors_reputation_alone, MarketReputation) {
    earn_some();
    BOOST_TEST(of(kAnn).buyers == 1U);
    BOOST_TEST(of(kAnn).burned == Amount(kTokenUnits / 100 * 12));
    BOOST_TEST(of(kBuyer).score_ppm == 0U);
    BOOST_TEST(of(kCarol).score_ppm == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_jurys_rejection_takes_a_quarter, MarketReputation) {
    hire();
    earn_some();
    const std::uint64_t id = submit(kAnn, {1, 2}, post(4));
    BOOST_TEST(challenge(id) == TxCode::ok);
    const std::uint64_t dispute_id = submission(id).dispute;
    pass(dispute(dispute_id).deadline_s);
    vote("rrr", dispute_id);
    BOOST_TEST((state_of(id) == SubmissionState::rejected));
    expect(90'000, 1, 0);
}

BOOST_FIXTURE_TEST_CASE(a_bonded_place_that_is_never_filled_takes_a_quarter, MarketReputation) {
    earn_some();
    const std::uint64_t id = commit(kAnn, {1, 2}, post(4));
    pass_deadline(id);
    BOOST_TEST((state_of(id) == SubmissionState::forfeited));
    expect(90'000, 1, 0);
}

BOOST_FIXTURE_TEST_CASE(a_place_without_a_bond_that_is_never_filled_costs_nothing,
                        MarketReputation) {
    earn_some();
    const std::uint64_t order_id = post(4);
    BOOST_TEST(
        send(kBuyer, market::SponsorOrder{
                         .order = order_id, .unbonded_items = 4, .unbonded_cap = 4}) == TxCode::ok);
    BOOST_TEST(send(kAnn, market::CommitUnbonded{.order = order_id,
                                                 .item_count = 1,
                                                 .commitment = sha256(view_of("later"))}) ==
               TxCode::ok);
    pass_deadline(2);
    BOOST_TEST((state_of(2) == SubmissionState::forfeited));
    expect(120'000, 0, 0);
}

BOOST_FIXTURE_TEST_CASE(fraud_in_the_window_takes_everything, MarketReputation) {
    earn_some();
    const std::uint64_t id = submit(kAnn, {7, 7}, post(4));
    BOOST_TEST(prove(kCarol, duplicate(id)) == TxCode::ok);
    BOOST_TEST((state_of(id) == SubmissionState::rejected));
    expect(0, 0, 1);
    BOOST_TEST(of(kAnn).buyers == 0U);
}

BOOST_FIXTURE_TEST_CASE(fraud_after_payment_takes_everything, MarketReputation) {
    const std::uint64_t id = submit(kAnn, {7, 7, 8}, post(4));
    pass_deadline(id);
    BOOST_TEST(of(kAnn).score_ppm > 0U);
    BOOST_TEST(prove(kCarol, duplicate(id)) == TxCode::ok);
    BOOST_TEST((state_of(id) == SubmissionState::clawed_back));
    expect(0, 0, 1);
}

// Nobody knows whether the items were never made or their author was away.
BOOST_FIXTURE_TEST_CASE(items_not_shown_count_as_a_rejection, MarketReputation) {
    earn_some();
    const std::uint64_t id = submit(kAnn, {1, 2}, post(4));
    const market::ForceOpen ask{.submission = id, .indices = {0, 1}};
    const auto value = chain.ask(market::QuoteForceOpen{.submission = id, .indices = ask.indices});
    BOOST_TEST(send(kCarol, ask, value.value()) == TxCode::ok);
    pass(now_s() + terms().open_window_s);
    BOOST_TEST((state_of(id) == SubmissionState::rejected));
    expect(90'000, 1, 0);
}
