// Items that somebody asks to see: the ask, the answer, silence, and what it costs whom.
#include "modules/market/openings.hpp"

#include "modules/market/lifecycle.hpp"
#include "modules/market/money.hpp"
#include "modules/market/sampling.hpp"
#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::ForceOpen;
using market::OpenItems;
using market::SubmissionState;

namespace {

std::vector<std::uint32_t> contents_up_to(std::uint32_t count) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < count; ++i) out.push_back(1'000 + i);
    return out;
}

struct OpeningFixture : MarketFixture {
    // One submission of Ann's, in its window.
    void begin(std::uint32_t items = 12, Amount price = Amount(kTokenUnits)) {
        post(items + 300, price);
        submit(kAnn, contents_up_to(items));
    }
    Amount bond(std::uint32_t items, std::uint64_t id = 1) const {
        const std::vector<std::uint64_t> indices(items);
        return chain.ask(market::QuoteForceOpen{.submission = id, .indices = indices}).value();
    }
    TxCode ask(std::vector<std::uint64_t> indices, const Address& who = kCarol,
               std::uint64_t id = 1) {
        const Amount value = bond(static_cast<std::uint32_t>(indices.size()), id);
        return send(who, ForceOpen{.submission = id, .indices = std::move(indices)}, value);
    }
    OpenItems answer(const std::vector<std::uint64_t>& indices, std::uint64_t request = 1,
                     std::uint64_t id = 1) const {
        OpenItems out{.request = request};
        for (const std::uint64_t index : indices) out.items.push_back(works.at(id).proof(index));
        return out;
    }
    market::Opening opening(std::uint64_t id = 1) const {
        return chain.ask(market::GetOpening{.request = id}).value();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(shown_items_earn_the_contributor_half_the_bond, OpeningFixture) {
    begin();
    const Amount ann = wealth(kAnn);
    const Amount burned = ledger::supply(state()).burned_other;
    BOOST_TEST(ask({3, 5, 11}) == TxCode::ok);
    BOOST_TEST(held(pool::kOpeningBonds) == *checked_mul(Amount(kTokenUnits), Amount(3)));
    BOOST_TEST(submission().items_asked == 3U);
    BOOST_TEST(send(kAnn, answer({5})) == TxCode::ok);
    BOOST_TEST(opening().shown == 2);
    BOOST_TEST(send(kAnn, answer({3, 11})) == TxCode::ok);
    BOOST_TEST(opening().deadline_s == 0U);
    BOOST_TEST(held(pool::kOpeningBonds) == Amount(0));
    const Amount half = *mul_div_floor(Amount(kTokenUnits), Amount(3), Amount(2));
    BOOST_TEST(grown(kAnn, ann) == half);
    BOOST_TEST(difference_of(ledger::supply(state()).burned_other, burned) == half);
    BOOST_TEST(lost(kCarol, *checked_mul(Amount(kTokenUnits), Amount(3))));
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::accepted));
    BOOST_TEST(submission().payout == market::checked_value(order(), 12));
}

BOOST_FIXTURE_TEST_CASE(the_least_bond_holds_for_cheap_items, OpeningFixture) {
    begin(12, Amount(7));
    BOOST_TEST(bond(2) == *checked_mul(terms().min_opening_bond, Amount(2)));
    BOOST_TEST(chain.ask(market::QuoteForceOpen{.submission = 9, .indices = {1}}).has_error());
    BOOST_TEST(chain.ask(market::QuoteForceOpen{.submission = 1, .indices = {}}).has_error());
    BOOST_TEST(
        chain.ask(market::QuoteForceOpen{.submission = 1, .indices = std::vector<std::uint64_t>(9)})
            .has_error());
    BOOST_TEST(chain.ask(market::GetOpening{.request = 1}).has_error());
}

BOOST_FIXTURE_TEST_CASE(silence_rejects_and_pays_who_asked, OpeningFixture) {
    begin();  // of twelve items the second that is missing rejects
    const Amount carol = wealth(kCarol);
    const Amount slashed = submission().bond;
    BOOST_TEST(ask({0, 7}) == TxCode::ok);
    pass(opening().deadline_s);
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST((submission().reason == market::Reason::fraud));
    BOOST_TEST((submission().claim == static_cast<std::uint8_t>(market::FraudKind::missing_items)));
    BOOST_TEST(submission().items_missing == 2U);
    const Amount share = ppm_floor(slashed, terms().slash_split.challenger_ppm);
    BOOST_TEST(grown(kCarol, carol) == share);  // and the bond is back
}

BOOST_FIXTURE_TEST_CASE(a_few_missing_items_cost_their_weight, OpeningFixture) {
    begin(100);
    BOOST_TEST(ask({1, 2, 3, 4}) == TxCode::ok);
    BOOST_TEST(send(kAnn, answer({2})) == TxCode::ok);
    pass(opening().deadline_s);
    BOOST_TEST((state_of() == SubmissionState::window));
    BOOST_TEST(submission().items_missing == 3U);
    pass_deadline();
    // 3 of a hundred, none forgiven, lambda 2: six hundredths of the value.
    BOOST_TEST(submission().payout == ppm_floor(market::checked_value(order(), 100), 940'000));
    BOOST_TEST((state_of() == SubmissionState::accepted));
}

BOOST_FIXTURE_TEST_CASE(missing_items_of_several_requests_add_up, OpeningFixture) {
    begin(100);
    BOOST_TEST(ask({0, 1, 2, 3, 4, 5, 6, 7}, kCarol) == TxCode::ok);
    BOOST_TEST(ask({8}, kBob) == TxCode::ok);
    const Amount bob = wealth(kBob);
    const Amount bond_of_bob = opening(2).bond;
    pass(opening(2).deadline_s);
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST(grown(kBob, bob) >
               bond_of_bob);  // the ninth was his, and so is the share of the slash
    BOOST_TEST(chain.ask(market::ListOpenings{.submission = 1, .limit = 5}).value().size() == 2U);
    BOOST_TEST(
        chain.ask(market::ListOpenings{.submission = 1, .after = 1, .limit = 5}).value().size() ==
        1U);
    BOOST_TEST(chain.ask(market::ListOpenings{.submission = 1, .limit = 0}).has_error());
}

BOOST_FIXTURE_TEST_CASE(a_friends_dispute_does_not_hide_missing_items, OpeningFixture) {
    hire();
    end_epoch();
    begin();
    BOOST_TEST(ask({0, 7}, kBob) == TxCode::ok);
    BOOST_TEST(challenge(1, kCarol) == TxCode::ok);
    pass(opening().deadline_s);
    BOOST_TEST((state_of() == SubmissionState::disputed));
    BOOST_TEST(state().contains(market::kConvictions, 1));
    while (state_of() == SubmissionState::disputed) pass(dispute().deadline_s);
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST((submission().reason == market::Reason::fraud));
}

BOOST_FIXTURE_TEST_CASE(requests_outlive_a_submission_that_fraud_ended, OpeningFixture) {
    post(20);
    submit(kAnn, {1, 2, 1, 4});
    BOOST_TEST(ask({3}, kBob) == TxCode::ok);
    BOOST_TEST(prove(kCarol, market::ProveFraud{.submission = 1,
                                                .kind = market::FraudKind::duplicate_content,
                                                .first = works.at(1).proof(0),
                                                .second = works.at(1).proof(2)}) == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::rejected));
    pass(opening().deadline_s);
    BOOST_TEST(held(pool::kOpeningBonds) == Amount(0));
    BOOST_TEST(gained(kBob, Amount(0)));
}

BOOST_FIXTURE_TEST_CASE(asks_that_are_refused, OpeningFixture) {
    BOOST_TEST(refuse(kCarol, ForceOpen{.submission = 1, .indices = {0}}) ==
               TxCode::submission_not_found);
    post(400);
    commit(kAnn, contents_up_to(300));
    BOOST_TEST(refuse(kCarol, ForceOpen{.submission = 1, .indices = {0}}, bond(1)) ==
               TxCode::submission_wrong_state);
    end_block();
    BOOST_TEST(reveal(1) == TxCode::ok);
    BOOST_TEST(refuse(kAnn, ForceOpen{.submission = 1, .indices = {0}}, bond(1)) ==
               TxCode::own_submission);
    BOOST_TEST(refuse(kCarol, ForceOpen{.submission = 1, .indices = {}}) == TxCode::count_zero);
    BOOST_TEST(refuse(kCarol, ForceOpen{.submission = 1, .indices = {0, 1, 2, 3, 4, 5, 6, 7, 8}}) ==
               TxCode::count_too_large);
    BOOST_TEST(refuse(kCarol, ForceOpen{.submission = 1, .indices = {2, 2}}, bond(2)) ==
               TxCode::indices_not_ascending);
    BOOST_TEST(refuse(kCarol, ForceOpen{.submission = 1, .indices = {2, 1}}, bond(2)) ==
               TxCode::indices_not_ascending);
    BOOST_TEST(refuse(kCarol, ForceOpen{.submission = 1, .indices = {1, 300}}, bond(2)) ==
               TxCode::item_not_found);
    BOOST_TEST(refuse(kCarol, ForceOpen{.submission = 1, .indices = {1, 2}}, bond(1)) ==
               TxCode::wrong_value);
    BOOST_TEST(ask({1, 2}) == TxCode::ok);
    BOOST_TEST(refuse(kBob, ForceOpen{.submission = 1, .indices = {2, 3}}, bond(2)) ==
               TxCode::item_already_asked);
    for (std::uint64_t first = 8; first < 8 + 24 * 8; first += 8) {
        std::vector<std::uint64_t> indices;
        for (std::uint64_t i = 0; i < 8; ++i) indices.push_back(first + i);
        BOOST_TEST(ask(indices) == TxCode::ok);
    }
    BOOST_TEST(submission().items_asked == 194U);
    BOOST_TEST(refuse(kBob,
                      ForceOpen{.submission = 1, .indices = {201, 202, 203, 204, 205, 206, 207}},
                      bond(7)) == TxCode::opening_limit_reached);
    BOOST_TEST(ask({201, 202, 203, 204, 205, 206}) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(an_ask_must_leave_time_for_an_answer, OpeningFixture) {
    begin();
    begin_at(submission().deadline_s - terms().open_window_s - 1);
    BOOST_TEST(ask({1}) == TxCode::ok);
    begin_at(submission().deadline_s - terms().open_window_s);
    BOOST_TEST(refuse(kCarol, ForceOpen{.submission = 1, .indices = {2}}, bond(1)) ==
               TxCode::too_late);
}

BOOST_FIXTURE_TEST_CASE(answers_that_are_refused, OpeningFixture) {
    begin();
    BOOST_TEST(refuse(kAnn, answer({3})) == TxCode::not_found);
    BOOST_TEST(ask({3, 5}) == TxCode::ok);
    BOOST_TEST(refuse(kAnn, OpenItems{.request = 1, .items = {}}) == TxCode::count_zero);
    BOOST_TEST(refuse(kAnn, answer({0, 1, 2, 3, 4, 5, 6, 7, 8})) == TxCode::count_too_large);
    BOOST_TEST(refuse(kBob, answer({3})) == TxCode::not_owner);
    BOOST_TEST(refuse(kAnn, answer({4})) == TxCode::item_not_asked);
    BOOST_TEST(refuse(kAnn, answer({3, 3})) == TxCode::item_not_asked);
    OpenItems forged = answer({3});
    forged.items[0].leaf = works.at(1).leaf(5);
    BOOST_TEST(refuse(kAnn, forged) == TxCode::item_not_proven);
    forged = answer({3});
    forged.items[0].path.pop_back();
    BOOST_TEST(refuse(kAnn, forged) == TxCode::item_not_proven);
    forged.items[0].path.resize(65);
    BOOST_TEST(refuse(kAnn, forged) == TxCode::proof_malformed);
    forged = answer({3});
    forged.items[0].leaf.resize(1'025);
    BOOST_TEST(refuse(kAnn, forged) == TxCode::proof_malformed);
    BOOST_TEST(send(kAnn, answer({3})) == TxCode::ok);
    BOOST_TEST(refuse(kAnn, answer({3})) == TxCode::item_not_asked);
    begin_at(opening().deadline_s);
    BOOST_TEST(refuse(kAnn, answer({5})) == TxCode::too_late);
    end_block();
    BOOST_TEST(refuse(kAnn, answer({5})) == TxCode::wrong_state);
    BOOST_TEST(answer({3, 5}).gas() > OpenItems::kGas);
    BOOST_TEST((ForceOpen{.submission = 1, .indices = {1, 2}}.gas()) ==
               ForceOpen::kGas + 2 * ForceOpen::kGasPerItem);
}

// A block that jumps over both deadlines: the missing items count before anybody can settle.
BOOST_FIXTURE_TEST_CASE(nobody_settles_before_the_answers_are_due, OpeningFixture) {
    begin();
    BOOST_TEST(ask({0, 7}) == TxCode::ok);
    begin_at(submission().deadline_s + 1);
    BOOST_TEST(refuse(kCarol, market::Settle{.submission = 1}) == TxCode::not_settleable);
    end_block();
    BOOST_TEST((state_of() == SubmissionState::rejected));
}

BOOST_AUTO_TEST_CASE(sampling_follows_the_formula) {
    const market::Params terms;
    using market::pay_after_sampling;
    for (const std::uint64_t forgiven : {0U, 1U, 2U})
        BOOST_TEST(pay_after_sampling(forgiven, 1'000'000, terms) == 1'000'000U);
    BOOST_TEST(pay_after_sampling(3, 1'000'000, terms) == 980'000U);
    BOOST_TEST(pay_after_sampling(8, 1'000'000, terms) == 880'000U);
    BOOST_TEST(pay_after_sampling(52, 1'000'000, terms) == 0U);
    BOOST_TEST(pay_after_sampling(1'000, 1'000'000, terms) == 0U);
    // What was claimed and does not exist is never forgiven.
    using market::pay_after_missing;
    BOOST_TEST(pay_after_missing(0, 1'000'000, terms, terms.defect_weight_ppm) == 1'000'000U);
    BOOST_TEST(pay_after_missing(1, 1'000'000, terms, terms.defect_weight_ppm) == 980'000U);
    BOOST_TEST(pay_after_missing(8, 1'000'000, terms, terms.defect_weight_ppm) == 840'000U);
    BOOST_TEST(pay_after_missing(50, 1'000'000, terms, terms.defect_weight_ppm) == 0U);
    BOOST_TEST(pay_after_missing(1, 33, terms, terms.defect_weight_ppm) == 939'393U);
    BOOST_TEST(!market::is_rejected_by(8, 1'000'000, terms));
    BOOST_TEST(market::is_rejected_by(9, 1'000'000, terms));
    // One item: it is all that there is.
    BOOST_TEST(market::is_rejected_by(1, 1, terms));
    BOOST_TEST(!market::is_rejected_by(0, 1, terms));
    BOOST_TEST(pay_after_sampling(1, 1, terms) == 0U);
    // Thirty-three: none is forgiven, three reject; the loss rounds up.
    BOOST_TEST(pay_after_sampling(1, 33, terms) == 939'393U);
    BOOST_TEST(!market::is_rejected_by(2, 33, terms));
    BOOST_TEST(market::is_rejected_by(3, 33, terms));
}
