// The life of work under `gold`, edge by edge, and what its messages refuse.
#include "tests/support/batch_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::SubmissionState;

namespace {

// What the buyer's bond owes for one batch of eight: a tenth of its value.
const Amount kBondOfBatch = Amount(8 * kTokenUnits / 10);

struct GoldFixture : BatchFixture {
    GoldFixture() { BOOST_REQUIRE(post_batches(gold_order()) == TxCode::ok); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(market_gold)

BOOST_FIXTURE_TEST_CASE(right_answers_are_paid_in_full, GoldFixture) {
    const std::uint64_t id = submit(kAnn, "aabbabab");
    BOOST_TEST((state_of(id) == SubmissionState::revealed));
    pass_draw();
    BOOST_TEST(send(kBuyer, opening()) == TxCode::ok);
    BOOST_TEST(answer(id) == TxCode::ok);
    pass_verdict();
    BOOST_TEST((state_of(id) == SubmissionState::window));
    BOOST_TEST(submission(id).verdict_ppm == kPpm);
    pass_deadline(id);
    BOOST_TEST((state_of(id) == SubmissionState::accepted));
    BOOST_TEST(submission(id).payout == Amount(8 * kTokenUnits));
    pass_deadline(id);
    BOOST_TEST((state_of(id) == SubmissionState::finalized));
    BOOST_TEST((order().state == market::OrderState::settled));
    BOOST_TEST(gained(kAnn, Amount(8 * kTokenUnits)));
}

BOOST_FIXTURE_TEST_CASE(a_forgiven_error_costs_nothing_the_next_its_share, GoldFixture) {
    // Two of the drawn four are wrong, one forgiven: 2 * 1 / 4 of the pay is lost.
    pass(order().deadline_s - 5);
    const std::uint64_t id = submit(kAnn, "aabbabab");
    pass_draw();
    const auto drawn = chain.ask(market::GetBatch{.order = 1, .batch = 0})->drawn_gold;
    BOOST_REQUIRE(drawn.size() == 4U);
    BOOST_TEST(send(kBuyer, opening()) == TxCode::ok);
    market::AnswerItems some = answers_of(id);
    some.answers.resize(2);  // what is not shown is wrong
    BOOST_TEST(send(kAnn, some) == TxCode::ok);
    pass_verdict();
    BOOST_TEST(submission(id).verdict_ppm == 500'000U);
    BOOST_TEST(!submission(id).failed);
    pass_deadline(id);
    BOOST_TEST(submission(id).payout == Amount(4 * kTokenUnits));
}

BOOST_FIXTURE_TEST_CASE(wrong_answers_are_rejected_when_nobody_contests, GoldFixture) {
    const std::uint64_t id = submit(kAnn, "bbaababa");
    const Amount bond = submission(id).bond;
    pass_draw();
    BOOST_TEST(send(kBuyer, opening()) == TxCode::ok);
    BOOST_TEST(answer(id) == TxCode::ok);
    pass_verdict();
    BOOST_TEST(submission(id).failed);
    BOOST_TEST((state_of(id) == SubmissionState::window));
    BOOST_TEST(challenge(id) == TxCode::verdict_failed);
    pass_deadline(id);
    BOOST_TEST((state_of(id) == SubmissionState::rejected));
    BOOST_TEST((submission(id).reason == market::Reason::policy));
    BOOST_TEST(lost(kAnn, bond));
    BOOST_TEST((order().state == market::OrderState::settled));
}

BOOST_FIXTURE_TEST_CASE(gold_that_is_not_opened_costs_the_buyers_bond, GoldFixture) {
    const std::uint64_t id = submit(kAnn, "bbaababa");
    pass_draw();
    BOOST_TEST(chain.ask(market::GetComparedItems{id})->empty());  // nothing was opened
    pass(times().gold_ends_s - 1);
    BOOST_TEST(send(kBuyer, opening()) == TxCode::too_late);
    pass_verdict();
    BOOST_TEST(submission(id).verdict_ppm == kPpm);
    BOOST_TEST(gained(kAnn, difference_of(kBondOfBatch, submission(id).bond)));
    pass_deadline(id);
    pass_deadline(id);
    BOOST_TEST(gained(kAnn, sum_of(Amount(8 * kTokenUnits), kBondOfBatch)));
}

BOOST_FIXTURE_TEST_CASE(false_gold_is_overturned_by_a_jury_at_the_buyers_cost, GoldFixture) {
    hire();
    BOOST_REQUIRE(post_batches(gold_order()) == TxCode::ok);
    const std::uint64_t id = submit(kAnn, "bbaababa", 0, 2);
    pass_draw(2);
    BOOST_TEST(send(kBuyer, opening(0, 2)) == TxCode::ok);
    BOOST_TEST(answer(id) == TxCode::ok);
    pass_verdict(2);
    BOOST_TEST(submission(id).failed);
    BOOST_TEST(contest(id, kBob) == TxCode::not_owner);
    const Amount before = wealth(kAnn);
    BOOST_TEST(contest(id, kAnn) == TxCode::ok);
    BOOST_TEST((state_of(id) == SubmissionState::disputed));
    BOOST_TEST(contest(id, kAnn) == TxCode::already_challenged);
    pass(dispute().deadline_s);
    vote("aaa");
    BOOST_TEST((state_of(id) == SubmissionState::accepted));
    BOOST_TEST(!submission(id).failed);
    // All of the pay and the share of the bond; the jury's fees are hers to bear.
    const Amount fees = checked_mul(dispute().terms.jury_fee, Amount(3)).value();
    const Amount paid = ppm_floor(Amount(8 * kTokenUnits), 900'000);
    const Amount bond = Amount(8 * kTokenUnits / 10);  // of the submission, which returns
    BOOST_TEST(sum_of(wealth(kAnn), fees) ==
               sum_of(sum_of(before, bond), sum_of(paid, kBondOfBatch)));
}

BOOST_FIXTURE_TEST_CASE(a_jury_that_agrees_lets_the_verdict_stand, GoldFixture) {
    hire();
    BOOST_REQUIRE(post_batches(gold_order()) == TxCode::ok);
    const std::uint64_t id = submit(kAnn, "bbaababa", 0, 2);
    pass_draw(2);
    BOOST_TEST(send(kBuyer, opening(0, 2)) == TxCode::ok);
    pass_verdict(2);
    BOOST_TEST(contest(id, kAnn) == TxCode::ok);
    BOOST_TEST(join(kCarol, disputes::Choice::reject) == TxCode::ok);
    pass(dispute().deadline_s);
    vote("rrr");
    BOOST_TEST((state_of(id) == SubmissionState::rejected));
    BOOST_TEST((submission(id).reason == market::Reason::policy));
    BOOST_TEST((wealth(kCarol) > genesis.each));  // half of the lost bond is hers
}

BOOST_FIXTURE_TEST_CASE(without_a_jury_the_verdict_stands_and_bonds_return, GoldFixture) {
    const std::uint64_t id = submit(kAnn, "bbaababa");
    const Amount bond = submission(id).bond;
    pass_draw();
    BOOST_TEST(send(kBuyer, opening()) == TxCode::ok);
    pass_verdict();
    BOOST_TEST(contest(id, kAnn) == TxCode::ok);
    while (dispute().phase != disputes::Phase::ruled) pass(dispute().deadline_s);
    BOOST_TEST(dispute().by_default);
    BOOST_TEST((state_of(id) == SubmissionState::rejected));
    BOOST_TEST(lost(kAnn, bond));
}

BOOST_FIXTURE_TEST_CASE(a_partial_verdict_can_be_contested_and_a_full_one_not, GoldFixture) {
    hire();
    BOOST_REQUIRE(post_batches(gold_order()) == TxCode::ok);
    const std::uint64_t full = submit(kAnn, "aabbabab", 0, 2);
    const std::uint64_t part = submit(kBob, "abababab", 1, 2);
    BOOST_TEST(contest(full, kAnn) == TxCode::window_closed);
    pass_draw(2);
    BOOST_TEST(send(kBuyer, opening(0, 2)) == TxCode::ok);
    BOOST_TEST(send(kBuyer, opening(1, 2)) == TxCode::ok);
    BOOST_TEST(answer(full) == TxCode::ok);
    market::AnswerItems some = answers_of(part);
    some.answers.resize(2);
    BOOST_TEST(send(kBob, some) == TxCode::ok);
    pass_verdict(2);
    BOOST_TEST(contest(full, kAnn) == TxCode::verdict_passed);
    BOOST_TEST(contest(part, kBob) == TxCode::ok);
    pass(dispute().deadline_s);
    vote("rrr");
    BOOST_TEST((state_of(part) == SubmissionState::accepted));  // with what the verdict gave
    BOOST_TEST(submission(part).payout == Amount(4 * kTokenUnits));
}

BOOST_FIXTURE_TEST_CASE(a_false_proof_before_the_verdict_moves_nothing, GoldFixture) {
    const std::uint64_t id = submit(kAnn, "aabbabab");
    const auto& work = batches.at(id);
    const market::ProveFraud proof{.submission = id,
                                   .kind = market::FraudKind::malformed_payload,
                                   .first = work.answer(0).item,
                                   .salt = work.salt(0),
                                   .payload = Bytes(2)};
    BOOST_TEST(refuse_proof(kCarol, proof) == TxCode::fraud_not_proven);
    pass_draw();
    BOOST_TEST((state_of(id) == SubmissionState::revealed));
}

BOOST_AUTO_TEST_CASE(three_who_agree_make_gold_void) {
    using market::GoldVerdict;
    using market::judge_gold;
    const auto h = [](char c) { return sha256(Bytes{static_cast<std::uint8_t>(c)}); };
    const Hash256 none;
    BOOST_TEST((judge_gold(h('g'), h('g'), {h('g')}) == GoldVerdict::right));
    BOOST_TEST((judge_gold(h('g'), h('x'), {h('x'), h('x')}) == GoldVerdict::wrong));
    BOOST_TEST((judge_gold(h('g'), h('x'), {h('x'), h('x'), h('x')}) == GoldVerdict::void_gold));
    BOOST_TEST((judge_gold(h('g'), h('x'), {h('x'), h('x'), h('y')}) == GoldVerdict::void_gold));
    BOOST_TEST((judge_gold(h('g'), h('x'), {h('x'), h('y'), h('z')}) == GoldVerdict::wrong));
    BOOST_TEST((judge_gold(h('g'), none, {none, none, none}) == GoldVerdict::wrong));
    BOOST_TEST(
        (judge_gold(h('g'), h('g'), {h('x'), h('x'), h('x'), h('g')}) == GoldVerdict::void_gold));
}

BOOST_FIXTURE_TEST_CASE(void_gold_does_not_count_in_a_real_batch, BatchFixture) {
    BOOST_REQUIRE(post_batches(gold_order(3)) == TxCode::ok);
    // All three contradict all of the gold with one voice.
    const std::uint64_t first = submit(kAnn, "bbaababa");
    const std::uint64_t second = submit(kBob, "bbaababa");
    const std::uint64_t third = submit(kCarol, "bbaababa");
    pass_draw();
    BOOST_TEST(send(kBuyer, opening()) == TxCode::ok);
    for (const std::uint64_t id : {first, second, third}) BOOST_TEST(answer(id) == TxCode::ok);
    pass_verdict();
    for (const std::uint64_t id : {first, second, third})
        BOOST_TEST(submission(id).verdict_ppm == kPpm);
}

BOOST_FIXTURE_TEST_CASE(places_are_one_each_and_return_when_forfeited, BatchFixture) {
    BOOST_REQUIRE(post_batches(gold_order(2)) == TxCode::ok);
    const BatchWork ann{.order = 1, .batch = 1, .contributor = kAnn, .labels = "abababab"};
    BatchWork again = ann;
    again.labels = "bbababab";
    BatchWork bob = ann;
    bob.contributor = kBob;
    BatchWork carol = ann;
    carol.contributor = kCarol;
    BOOST_TEST(commit(ann) == TxCode::ok);
    BOOST_TEST(commit(again) == TxCode::batch_already_taken);
    BOOST_TEST(commit(bob) == TxCode::ok);
    BOOST_TEST(commit(carol) == TxCode::batch_full);
    pass_deadline(1);
    pass_deadline(2);
    BOOST_TEST((state_of(1) == SubmissionState::forfeited));
    BOOST_TEST(commit(carol) == TxCode::ok);
    BOOST_TEST((chain.ask(market::GetBatch{.order = 1, .batch = 1})->submissions ==
                std::vector<std::uint64_t>{3}));
}

BOOST_FIXTURE_TEST_CASE(an_order_that_everybody_left_has_no_draw, GoldFixture) {
    const BatchWork ann{.order = 1, .batch = 0, .contributor = kAnn, .labels = "abababab"};
    pass(order().deadline_s - 3);
    BOOST_TEST(commit(ann) == TxCode::ok);
    pass(order().deadline_s);
    BOOST_TEST((order().state == market::OrderState::closed));
    pass_deadline(1);
    BOOST_TEST((order().state == market::OrderState::settled));
    pass(times().draws_at_s);
    BOOST_TEST(times().terms.seed.is_zero());
}

BOOST_FIXTURE_TEST_CASE(a_place_without_a_bond, GoldFixture) {
    const BatchWork ann{.order = 1, .batch = 0, .contributor = kAnn, .labels = "aabbabab"};
    BOOST_TEST(commit(ann, true) == TxCode::no_unbonded_place);
    BOOST_TEST(send(kBuyer,
                    market::SponsorOrder{
                        .order = 1, .unbonded_items = 8, .unbonded_cap = 8, .sponsor_cap = {}}) ==
               TxCode::ok);
    BOOST_TEST(send(kAnn, ann.commit(true), Amount(1)) == TxCode::value_not_payable);
    BOOST_TEST(commit(ann, true) == TxCode::ok);
    BOOST_TEST(submission(1).bond.is_zero());
}

BOOST_FIXTURE_TEST_CASE(orders_that_are_refused, BatchFixture) {
    const auto refused = [&](auto change) {
        market::PostGold bad = gold_order();
        change(bad);
        return refuse(kBuyer, bad, price_of(gold_order()));
    };
    BOOST_TEST(refused([](auto& m) { m.batches = 0; }) == TxCode::count_zero);
    BOOST_TEST(refused([](auto& m) { m.replicas = 0; }) == TxCode::count_zero);
    BOOST_TEST(refused([](auto& m) { m.replicas = 8; }) == TxCode::count_too_large);
    BOOST_TEST(refused([](auto& m) { m.batches = 1ULL << 62U; }) == TxCode::count_too_large);
    BOOST_TEST(refused([](auto& m) { m.gold_root = {}; }) == TxCode::hash_zero);
    BOOST_TEST(refused([](auto& m) { m.gold_opened = 9; }) == TxCode::count_too_large);
    BOOST_TEST(refused([](auto& m) { m.gold_per_batch = 9; }) == TxCode::count_too_large);
    BOOST_TEST(refused([](auto& m) { m.forgiven = m.rejected; }) == TxCode::score_bounds_crossed);
    BOOST_TEST(refused([](auto& m) { m.rejected = 5; }) == TxCode::score_bounds_crossed);
    BOOST_TEST(refused([](auto& m) { m.max_payload_bytes = 1'025; }) == TxCode::bytes_too_long);
    BOOST_TEST(refused([](auto& m) { m.deadline_s = 1; }) == TxCode::deadline_in_past);
    BOOST_TEST(refuse(kBuyer, gold_order(), Amount(1)) == TxCode::wrong_value);
}

BOOST_FIXTURE_TEST_CASE(other_ways_of_working_are_refused, GoldFixture) {
    post(8);
    const BatchWork work{.order = 1, .batch = 0, .contributor = kAnn, .labels = "aabbabab"};
    BatchWork elsewhere = work;
    elsewhere.order = 2;
    BatchWork nowhere = work;
    nowhere.batch = 2;
    const market::CommitSubmission plain{
        .order = 1, .item_count = 8, .commitment = work.commit().commitment};
    BOOST_TEST(refuse(kAnn, plain) == TxCode::wrong_policy);
    BOOST_TEST(refuse(kAnn,
                      market::CommitUnbonded{
                          .order = 1, .item_count = 8, .commitment = plain.commitment}) ==
               TxCode::wrong_policy);
    BOOST_TEST(refuse(kAnn, elsewhere.commit()) == TxCode::wrong_policy);
    BOOST_TEST(refuse(kAnn, nowhere.commit()) == TxCode::batch_not_found);
    BOOST_TEST(refuse(kAnn, work.commit(), Amount(1)) == TxCode::wrong_value);
    BOOST_TEST(refuse(kBuyer, market::FundOrder{.order = 1, .items = 1}) == TxCode::wrong_policy);
    BOOST_TEST(refuse(kBuyer, market::OpenGold{.order = 2, .batch = 0, .gold = {gold.proof(0)}}) ==
               TxCode::wrong_policy);
}

BOOST_FIXTURE_TEST_CASE(openings_that_are_refused, GoldFixture) {
    const std::uint64_t id = submit(kAnn, "aabbabab");
    BOOST_TEST(refuse(kBuyer, market::OpenGold{.order = 1, .batch = 0, .gold = {gold.proof(0)}}) ==
               TxCode::gold_not_drawn);
    BOOST_TEST(refuse(kAnn, market::AnswerItems{.submission = id,
                                                .answers = {batches.at(id).answer(0)}}) ==
               TxCode::too_early);
    pass_draw();
    const market::OpenGold good = opening();
    BOOST_TEST(refuse(kAnn, good) == TxCode::not_owner);
    market::OpenGold bad = good;
    bad.gold.pop_back();
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::gold_not_proven);
    bad = good;
    bad.gold[0].leaf.answer = BatchWork::label('z');
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::gold_not_proven);
    bad = good;
    bad.gold[1] = bad.gold[0];
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::gold_not_proven);
    bad = good;
    bad.batch = 2;
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::batch_not_found);
    bad.gold.clear();
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::count_zero);
    BOOST_TEST(send(kBuyer, good) == TxCode::ok);
    BOOST_TEST(refuse(kBuyer, good) == TxCode::gold_already_open);

    const market::AnswerItems answers = answers_of(id);
    BOOST_TEST(refuse(kBob, answers) == TxCode::not_owner);
    market::AnswerItems wrong = answers;
    wrong.answers[0].payload = BatchWork::label('z');
    BOOST_TEST(refuse(kAnn, wrong) == TxCode::item_not_proven);
    wrong = answers;
    const auto asked = chain.ask(market::GetComparedItems{id}).value();
    std::uint64_t other = 0;
    while (std::ranges::binary_search(asked, other)) ++other;
    wrong.answers[0] = batches.at(id).answer(other);
    BOOST_TEST(refuse(kAnn, wrong) == TxCode::item_not_asked);
    wrong.answers.clear();
    BOOST_TEST(refuse(kAnn, wrong) == TxCode::count_zero);
    BOOST_TEST(send(kAnn, answers) == TxCode::ok);
    BOOST_TEST(refuse(kAnn, answers) == TxCode::already_exists);
    begin_at(submission(id).deadline_s);
    BOOST_TEST(refuse(kAnn, answers) == TxCode::too_late);
    end_block();
    BOOST_TEST(refuse(kAnn, answers) == TxCode::submission_wrong_state);
}

BOOST_AUTO_TEST_SUITE_END()
