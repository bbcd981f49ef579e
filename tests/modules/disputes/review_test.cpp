// Reviews: lots, a fresh panel, and coherence measured against it while the ruling stands.
#include "modules/disputes/division.hpp"
#include "tests/support/jury_fixture.hpp"

using namespace assay;
using namespace assay::disputes;
using namespace assay::test;

namespace {

struct Fixture : JuryFixture {
    Fixture() {
        terms.review_ppm = 1'000'000;
        init(state, terms);
        fund(pool::kJurorFees, Amount(10'000));
    }
    // A first panel rules, nobody appeals.
    void rule(const std::string& votes, std::uint32_t jurors = 20) {
        hire(jurors, 1);
        open_and_draw();
        first_panel = panel();
        judge(votes);
        BOOST_REQUIRE((dispute().phase == Phase::appealable));
        run_until(dispute().deadline_s);
    }
    std::vector<Seat> seats_of(std::uint8_t draw) const {
        return record_of().panels.at(draw - 1U).seats;
    }
    std::vector<Seat> first_panel;
};

}  // namespace

BOOST_AUTO_TEST_CASE(lots_are_drawn_by_the_beacon) {
    std::uint64_t drawn = 0;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        const Hash256 beacon = sha256(record::encode(i));
        if (is_drawn_for_review(1, 7, beacon, 50'000)) ++drawn;
        BOOST_TEST(!is_drawn_for_review(1, 7, beacon, 0));
        BOOST_TEST(is_drawn_for_review(1, 7, beacon, 1'000'000));
    }
    BOOST_TEST(drawn > 400u);
    BOOST_TEST(drawn < 600u);
}

BOOST_FIXTURE_TEST_CASE(a_review_is_fresh_and_keeps_nobody_waiting, Fixture) {
    rule("rrr");
    BOOST_TEST((dispute().phase == Phase::commit && dispute().reviewing));
    BOOST_TEST((resolution(1) == Resolution::rejected));
    BOOST_TEST(balance(kChallenger) == Amount(kStart + 1'600 - 3 * kFee));
    BOOST_REQUIRE(panel().size() == 3u);
    for (const Seat& seat : panel())
        for (const Seat& first : first_panel) BOOST_TEST((seat.juror != first.juror));
    for (const Seat& first : seats_of(1)) BOOST_TEST((first.outcome == Outcome::pending));
    judge("rrr");
    settle();
    BOOST_TEST((dispute().phase == Phase::ruled));
    BOOST_TEST(balance(pool::kJurorFees) == Amount(10'000 - 6 * kFee));
    for (std::uint8_t draw = 1; draw <= 2; ++draw)
        for (const Seat& seat : seats_of(draw)) BOOST_TEST(seat.earned == Amount(kFee));
    const auto replayed = replay(record_of());
    BOOST_REQUIRE(replayed.has_value());
    BOOST_TEST(replayed->rounds == 1);
}

BOOST_FIXTURE_TEST_CASE(a_review_measures_seats_and_changes_no_ruling, Fixture) {
    rule("rrr");
    judge("aar");
    settle();
    BOOST_TEST((dispute().ruling == Choice::reject));
    BOOST_TEST((resolution(1) == Resolution::rejected));
    for (const Seat& seat : seats_of(1)) {
        BOOST_TEST((seat.outcome == Outcome::incoherent));
        BOOST_TEST(seat.penalty == Amount(3 * kFee));
    }
    BOOST_TEST((seats_of(2)[0].outcome == Outcome::coherent));
    BOOST_TEST((seats_of(2)[2].outcome == Outcome::incoherent));
    BOOST_TEST(balance(kChallenger) == Amount(kStart + 1'600));  // no seat earned the fees
    BOOST_TEST((replay(record_of())->standard == Choice::accept));
}

BOOST_FIXTURE_TEST_CASE(a_review_without_a_ruling_measures_nothing, Fixture) {
    rule("rrr");
    judge("a--");
    BOOST_TEST((dispute().phase == Phase::settling));
    settle();
    BOOST_TEST((seats_of(1)[0].outcome == Outcome::coherent));
    BOOST_TEST((seats_of(2)[0].outcome == Outcome::unjudged));
    BOOST_TEST(rounds()[1].paid == Amount(kFee));
    BOOST_TEST(balance(pool::kJurorFees) == Amount(10'000 - 4 * kFee));
    BOOST_TEST(replay(record_of()).has_value());
}

BOOST_FIXTURE_TEST_CASE(too_few_fresh_jurors_hold_no_review, Fixture) {
    rule("rrr", 4);
    BOOST_TEST((dispute().phase == Phase::ruled && !dispute().reviewed));
    BOOST_TEST(dispute().draws == 1);
    BOOST_TEST(replay(record_of()).has_value());
}

BOOST_FIXTURE_TEST_CASE(an_empty_pool_holds_no_review, JuryFixture) {
    terms.review_ppm = 1'000'000;
    init(state, terms);
    fund(pool::kJurorFees, Amount(3 * kFee - 1));
    hire(20, 1);
    open_and_draw();
    vote("rrr");
    BOOST_TEST((dispute().phase == Phase::ruled && !dispute().reviewed));
}

// 30% of a lost bond of 1001 are less than three fees: the dispute left nothing to review it with.
BOOST_FIXTURE_TEST_CASE(a_dispute_that_slashed_little_is_not_reviewed, Fixture) {
    rule("aaa");
    BOOST_TEST((dispute().phase == Phase::ruled && !dispute().reviewed));
    BOOST_TEST(review_premium(Amount(303), 0, terms) == Amount(303));
    BOOST_TEST(review_premium(Amount(302), 0, terms) == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(altered_reviews_are_caught, Fixture) {
    rule("rrr");
    judge("aar");
    settle();
    const DisputeRecord record = record_of();
    BOOST_REQUIRE(replay(record).has_value());
    const auto refuses = [&](auto alter) {
        DisputeRecord other = record;
        alter(other);
        return replay(other).has_error();
    };
    using R = DisputeRecord;
    BOOST_TEST(refuses([](R& r) { r.dispute.reviewed = false; }));
    BOOST_TEST(refuses([](R& r) { r.dispute.reviewed = false, r.rounds.pop_back(); }));
    BOOST_TEST(refuses([](R& r) { r.dispute.ruled_beacon.bytes[0] ^= 1; }));
    BOOST_TEST(refuses([](R& r) { r.dispute.terms.review_ppm = 0; }));
    BOOST_TEST(refuses([](R& r) { r.dispute.round = 6; }));
    BOOST_TEST(refuses([](R& r) { r.rounds[1].ruling = Choice::reject; }));
    BOOST_TEST(refuses([](R& r) { r.rounds[1].round = 1; }));
    BOOST_TEST(refuses([](R& r) { r.rounds[1].seats = 7; }));
    BOOST_TEST(refuses([](R& r) { r.rounds[1].fees = Amount(1); }));
    BOOST_TEST(refuses([](R& r) { r.panels[1].seats[0].choice = Choice::reject; }));
    BOOST_TEST(refuses([](R& r) { r.dispute.contributor_bond = Amount::max(); }));
    BOOST_TEST(refuses([](R& r) { r.dispute.terms.jury_fee = Amount::max(); }));
}
