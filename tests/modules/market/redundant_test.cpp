// Work under `redundant`: agreement beyond chance, and its life.
#include "tests/support/batch_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::SubmissionState;

namespace {

// Rows of answers, a letter an item, '-' where none is given.
std::uint32_t agreement(const std::vector<std::string>& rows) {
    std::vector<market::AnswerRow> answers;
    for (const std::string& row : rows) {
        answers.emplace_back();
        for (const char letter : row)
            if (letter == '-')
                answers.back().emplace_back();
            else
                answers.back().push_back(
                    market::GivenAnswer{.content_id = sha256(BatchWork::task(7)),
                                        .hash = market::answer_hash(BatchWork::label(letter))});
    }
    return market::agreement_of(answers).beyond_ppm;
}

struct RedundantFixture : BatchFixture {
    RedundantFixture() { BOOST_REQUIRE(post_batches(redundant_order()) == TxCode::ok); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(market_redundant)

BOOST_AUTO_TEST_CASE(kappa_is_the_textbooks) {
    BOOST_TEST(agreement({"abab", "abab", "abab"}) == kPpm);
    // Who always says the majority's word earns nothing, however often it is right.
    BOOST_TEST(agreement({"aaaa", "aaab", "aaab"}) == 0U);
    BOOST_TEST(agreement({"aaaaaaaaaa", "aaaaaaaabb", "aaaaaaaabb"}) == 0U);
    // 20 yes by both, 5 and 10 split, 15 no by both: kappa 0.4 (the usual example of 50 items).
    const std::string own = std::string(25, 'y') + std::string(25, 'n');
    const std::string others =
        std::string(20, 'y') + std::string(5, 'n') + std::string(10, 'y') + std::string(15, 'n');
    BOOST_TEST(agreement({own, others, others}) == 400'000U);
    // Worse than chance is nothing.
    BOOST_TEST(agreement({"abab", "baba", "baba"}) == 0U);
    // Where everybody says one thing, agreement shows nothing.
    BOOST_TEST(agreement({"aaaa", "aaaa", "aaaa"}) == 0U);
    // One who always says the same changes nothing for the two others.
    BOOST_TEST(agreement({"abab", "abab", "aaaa"}) == kPpm);
    // An answer that was kept back is a wrong one: (4 * 2 - 4) / (16 - 4).
    BOOST_TEST(agreement({"ab--", "abab", "abab"}) == 333'333U);
    BOOST_TEST(agreement({"abab", "----", "----"}) == 0U);
}

BOOST_FIXTURE_TEST_CASE(agreement_is_paid_and_its_lack_rejected, RedundantFixture) {
    const std::uint64_t ann = submit(kAnn, "aabbabab");
    const std::uint64_t bob = submit(kBob, "aabbabab");
    const std::uint64_t lazy = submit(kCarol, "aaaaaaaa");
    BOOST_TEST((state_of(ann) == SubmissionState::revealed));
    pass_draw();
    for (const std::uint64_t id : {ann, bob, lazy}) BOOST_TEST(answer(id) == TxCode::ok);
    pass_verdict();
    BOOST_TEST(submission(lazy).failed);
    BOOST_TEST(submission(ann).verdict_ppm == kPpm);
    BOOST_TEST(submission(bob).verdict_ppm == kPpm);
    pass_deadline(lazy);
    BOOST_TEST((state_of(lazy) == SubmissionState::rejected));
}

BOOST_FIXTURE_TEST_CASE(one_answer_by_all_earns_nothing_and_loses_nothing, RedundantFixture) {
    std::vector<std::uint64_t> ids;
    for (const Address& who : {kAnn, kBob, kCarol}) ids.push_back(submit(who, "aaaaaaaa"));
    pass_draw();
    for (const std::uint64_t id : ids) BOOST_TEST(answer(id) == TxCode::ok);
    pass_verdict();
    for (const std::uint64_t id : ids) {
        BOOST_TEST(submission(id).verdict_ppm == 0U);
        BOOST_TEST(!submission(id).failed);
    }
    pass_deadline(ids[0]);
    BOOST_TEST((state_of(ids[0]) == SubmissionState::accepted));
    BOOST_TEST(gained(kAnn, Amount{}));
}

BOOST_FIXTURE_TEST_CASE(as_much_agreement_as_asked_is_enough, BatchFixture) {
    // kCarol agrees with six of eight: (8 * 6 - 32) / (64 - 32).
    std::uint64_t order = 0;
    for (const std::uint32_t least : {500'000U, 500'001U}) {
        ++order;
        auto message = redundant_order();
        message.min_score_ppm = least;
        BOOST_REQUIRE(post_batches(message) == TxCode::ok);
        std::vector<std::uint64_t> ids;
        for (const auto& [who, labels] :
             {std::pair{kAnn, "aabbabab"}, {kBob, "aabbabab"}, {kCarol, "aabbabba"}})
            ids.push_back(submit(who, labels, 0, order));
        pass_draw(order);
        for (const std::uint64_t id : ids) BOOST_TEST(answer(id) == TxCode::ok);
        pass_verdict(order);
        BOOST_TEST(submission(ids[2]).failed == (least > 500'000U));
        BOOST_TEST(submission(ids[2]).verdict_ppm == (least > 500'000U ? 0U : 500'000U));
    }
}

BOOST_FIXTURE_TEST_CASE(alone_there_is_nothing_to_compare, RedundantFixture) {
    const std::uint64_t id = submit(kAnn, "aaaaaaaa");
    pass_draw();
    BOOST_TEST(answer(id) == TxCode::ok);
    pass_verdict();
    BOOST_TEST(submission(id).verdict_ppm == kPpm);
    BOOST_TEST(!submission(id).failed);
}

BOOST_FIXTURE_TEST_CASE(an_overturned_verdict_is_not_the_buyers_fault, RedundantFixture) {
    hire();
    BOOST_REQUIRE(post_batches(redundant_order(5)) == TxCode::ok);
    const std::uint64_t honest = submit(kAnn, "aabbabab", 0, 2);
    std::vector<std::uint64_t> ring;
    for (const Address& who : {kBob, kCarol, juror(4)})
        ring.push_back(submit(who, "bbaababa", 0, 2));
    pass_draw(2);
    BOOST_TEST(answer(honest) == TxCode::ok);
    for (const std::uint64_t id : ring) BOOST_TEST(answer(id) == TxCode::ok);
    pass_verdict(2);
    BOOST_TEST(submission(honest).failed);
    const Amount bond = order(2).buyer_bond;
    BOOST_TEST(contest(honest, kAnn) == TxCode::ok);
    pass(dispute().deadline_s);
    vote("aaa");
    BOOST_TEST((state_of(honest) == SubmissionState::accepted));
    BOOST_TEST(submission(honest).payout == Amount(8 * kTokenUnits));
    BOOST_TEST((order(2).buyer_bond == bond || order(2).state == market::OrderState::settled));
}

BOOST_FIXTURE_TEST_CASE(orders_that_are_refused, BatchFixture) {
    const auto refused = [&](auto change) {
        market::PostRedundant bad = redundant_order();
        change(bad);
        return refuse(kBuyer, bad, price_of(redundant_order()));
    };
    BOOST_TEST(refused([](auto& m) { m.replicas = 2; }) == TxCode::score_bounds_crossed);
    BOOST_TEST(refused([](auto& m) { m.replicas = 8; }) == TxCode::count_too_large);
    BOOST_TEST(refused([](auto& m) { m.samples = 0; }) == TxCode::count_zero);
    BOOST_TEST(refused([](auto& m) { m.samples = 9; }) == TxCode::count_too_large);
    BOOST_TEST(refused([](auto& m) { m.min_score_ppm = kPpm; }) == TxCode::rate_out_of_range);
    BOOST_TEST(refused([](auto& m) { m.max_payload_bytes = 1'025; }) == TxCode::bytes_too_long);
    BOOST_TEST(refused([](auto& m) { m.spec_hash = {}; }) == TxCode::hash_zero);
}

BOOST_AUTO_TEST_SUITE_END()
