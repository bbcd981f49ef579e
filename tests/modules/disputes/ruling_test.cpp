// Every edge of the dispute diagram and every flow of its money, to the unit.
#include "tests/support/jury_fixture.hpp"

using namespace assay;
using namespace assay::disputes;
using namespace assay::test;

BOOST_AUTO_TEST_CASE(panels_double_and_quorums_are_two_thirds) {
    const std::uint8_t seats[] = {3, 7, 15, 31, 63, 127};
    const std::uint8_t quorum[] = {2, 5, 10, 21, 42, 85};
    for (std::uint8_t round = 0; round < kMaxRounds; ++round) {
        BOOST_TEST(panel_seats(round) == seats[round]);
        BOOST_TEST(quorum_of(seats[round]) == quorum[round]);
        const std::uint8_t accept = quorum[round];
        BOOST_TEST((ruling_of({.commits = accept, .reveals = accept, .accept = accept, .reject = 0},
                              seats[round]) == Choice::accept));
        const auto fewer = static_cast<std::uint8_t>(accept - 1);
        BOOST_TEST(!ruling_of({.commits = fewer, .reveals = fewer, .accept = fewer, .reject = 0},
                              seats[round])
                        .has_value());
    }
    BOOST_TEST((opposite(Choice::accept) == Choice::reject));
    BOOST_TEST((opposite(Choice::reject) == Choice::accept));
}

namespace {

struct Fixture : JuryFixture {
    // A panel of three among many, so that a redraw finds jurors too.
    void begin(std::uint64_t bond = kBond) {
        hire(12, 1);
        submit(1, bond);
        const Amount quote = *QuoteChallenge{.submission = 1}.view(state, block);
        BOOST_REQUIRE(challenge(kChallenger, claim_of(1), quote) == TxCode::ok);
        run_until(dispute().deadline_s);
        BOOST_REQUIRE(panel().size() == 3u);
        first_panel = panel();
    }
    std::int64_t gain_at(std::uint8_t seat) const { return gain(first_panel.at(seat).juror); }
    std::vector<Seat> first_panel;
};

constexpr auto kFees = static_cast<std::int64_t>(kFee);

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_panel_is_drawn_with_the_beacon_of_the_deadlines_block, Fixture) {
    hire(12, 1);
    open();
    run_until(1'004);
    BOOST_TEST((dispute().phase == Phase::evidence));
    BOOST_REQUIRE(block.time_s == 1'005u);
    const Hash256 beacon = state.must_get(kBeacon, {});
    end_block();
    const Dispute record = dispute();
    BOOST_TEST((record.phase == Phase::commit));
    BOOST_TEST(record.deadline_s == 1'015u);
    BOOST_TEST((record.seed == panel_seed(31'337, 1, 1, beacon)));
    const Draw draw = state.must_get(kDraws, {.dispute = 1, .draw = 1});
    BOOST_TEST((draw.beacon == beacon && draw.seed == record.seed));
    BOOST_TEST(draw.eligible == Amount(12 * kMinStake));
    BOOST_TEST(draw.found == 3);
    for (const Seat& seat : panel()) {
        BOOST_TEST(seat.locked == Amount(6 * kFee));
        BOOST_TEST(juror(seat.juror).locked >= Amount(6 * kFee));
    }
}

BOOST_FIXTURE_TEST_CASE(parties_never_sit, JuryFixture) {
    hire(3, 1);
    for (const Address& who : {kBuyer, kContributor, kChallenger})
        BOOST_REQUIRE(stake(who, Amount(200 * kMinStake)) == TxCode::ok);
    set_epoch(epoch() + 1);
    open_and_draw();
    BOOST_REQUIRE(panel().size() == 3u);
    for (const Seat& seat : panel()) BOOST_TEST((seat.juror < person(3)));
}

// Reject by 2 to 1: 303 are taken of the incoherent seat, 70% (212) go to two seats, 91 burn.
BOOST_FIXTURE_TEST_CASE(a_right_claim_costs_the_challenger_nothing_while_the_pool_pays, Fixture) {
    fund(pool::kJurorFees, Amount(10'000));
    begin();
    vote("rar");
    BOOST_TEST((dispute().phase == Phase::ruled && dispute().ruling == Choice::reject));
    BOOST_TEST(!dispute().by_default);
    BOOST_TEST((resolution(1) == Resolution::rejected));
    BOOST_TEST(balance(kChallenger) == Amount(kStart + 1'600));  // 40% of 4001
    BOOST_TEST(balance(pool::kJurorFees) == Amount(10'000 - 2 * kFee));
    BOOST_TEST(gain_at(0) == kFees + 106);
    BOOST_TEST(gain_at(1) == -3 * kFees);
    BOOST_TEST(gain_at(2) == kFees + 106);
    BOOST_TEST(burned() == 91u + 2'401u);
    BOOST_TEST(dispute().fees_collected == Amount(5 * kFee));
    BOOST_TEST(dispute().fees_paid == Amount(2 * kFee));
}

BOOST_FIXTURE_TEST_CASE(without_a_pool_the_deposit_pays_the_jury_of_a_right_claim, Fixture) {
    fund(pool::kJurorFees, Amount(50));
    begin();
    vote("rrr");
    BOOST_TEST(balance(kChallenger) == Amount(kStart + 1'600 - (3 * kFee - 50)));
    BOOST_TEST(balance(pool::kJurorFees) == Amount(0));
    for (std::uint8_t i = 0; i < 3; ++i) BOOST_TEST(gain_at(i) == kFees);
}

// 30% of a bond of 400 is 120: what a dispute over little can take from the pool.
BOOST_FIXTURE_TEST_CASE(the_pool_pays_no_more_than_its_share_of_the_slashed_bond, Fixture) {
    fund(pool::kJurorFees, Amount(10'000));
    begin(400);
    vote("rrr");
    BOOST_TEST(balance(pool::kJurorFees) == Amount(10'000 - 120));
    BOOST_TEST(balance(kChallenger) == Amount(kStart + 160 - (3 * kFee - 120)));
}

BOOST_FIXTURE_TEST_CASE(a_wrong_claim_loses_the_bond_and_pays_the_jury, Fixture) {
    begin();
    vote("aaa");
    BOOST_TEST((dispute().ruling == Choice::accept));
    BOOST_TEST((resolution(1) == Resolution::accepted));
    BOOST_TEST(balance(kChallenger) == Amount(kStart - kQuote));
    BOOST_TEST(balance(kContributor) == Amount(kStart + kBond + 500));  // half of 1001
    BOOST_TEST(burned() == 501u);
    for (std::uint8_t i = 0; i < 3; ++i) BOOST_TEST(gain_at(i) == kFees);
}

BOOST_FIXTURE_TEST_CASE(a_fee_that_no_seat_earned_returns_to_the_challenger, Fixture) {
    begin();
    vote("ara");
    BOOST_TEST(balance(kChallenger) == Amount(kStart - kQuote + kFee));
    BOOST_TEST(gain_at(1) == -3 * kFees);
}

// No commit costs 454 (1.5 sigma) and an epoch; two agreeing votes are a quorum.
BOOST_FIXTURE_TEST_CASE(a_seat_without_a_commit_pays_and_is_suspended, Fixture) {
    begin();
    vote("r-r");
    BOOST_TEST((dispute().ruling == Choice::reject));
    BOOST_TEST(gain_at(1) == -454);
    BOOST_TEST(juror(first_panel[1].juror).suspended_until_epoch == epoch() + 2);
    BOOST_TEST(gain_at(0) == kFees + 158);  // 70% of 454 is 317
    BOOST_TEST(panel()[1].penalty == Amount(454));
    BOOST_TEST((panel()[1].outcome == Outcome::no_show));
}

BOOST_FIXTURE_TEST_CASE(a_seat_that_hides_its_vote_pays_most, Fixture) {
    begin();
    vote("aRa");
    BOOST_TEST((dispute().ruling == Choice::accept));
    BOOST_TEST(gain_at(1) == -6 * kFees);
    BOOST_TEST(juror(first_panel[1].juror).suspended_until_epoch == 0u);
    BOOST_TEST((panel()[1].outcome == Outcome::unrevealed));
}

// One to one with a hidden vote: 606 taken, 212 to each who voted, nobody judged, drawn again.
BOOST_FIXTURE_TEST_CASE(a_tie_is_drawn_again_once, Fixture) {
    begin();
    const Hash256 seed = dispute().seed;
    vote("arA");
    BOOST_TEST((dispute().phase == Phase::commit));
    BOOST_TEST(dispute().draws == 2);
    BOOST_TEST((dispute().seed != seed));
    BOOST_TEST(gain_at(2) == -6 * kFees);
    BOOST_TEST(gain_at(0) == 212);
    BOOST_TEST(gain_at(1) == 212);
    BOOST_TEST(balance(pool::kDisputeFees) == Amount(3 * kFee));
    vote("aaa");
    BOOST_TEST((dispute().phase == Phase::ruled && dispute().ruling == Choice::accept));
    BOOST_TEST(!dispute().by_default);
}

BOOST_FIXTURE_TEST_CASE(a_panel_without_quorum_is_drawn_again_without_its_no_shows, Fixture) {
    begin();
    vote("r--");
    BOOST_TEST(dispute().draws == 2);
    BOOST_TEST(gain_at(0) == 635);  // 70% of 908, the fee goes to the next panel
    for (const Seat& seat : panel()) {
        BOOST_TEST((seat.juror != first_panel[1].juror));
        BOOST_TEST((seat.juror != first_panel[2].juror));
    }
    vote("rrr");
    BOOST_TEST((dispute().ruling == Choice::reject));
}

BOOST_FIXTURE_TEST_CASE(silence_of_all_is_ruled_for_the_contributor_at_last, Fixture) {
    begin();
    vote("---");
    BOOST_TEST(dispute().draws == 2);
    BOOST_TEST(burned() == 3u * 454u);
    vote("---");
    BOOST_TEST((dispute().phase == Phase::ruled && dispute().ruling == Choice::accept));
    BOOST_TEST(dispute().by_default);
    BOOST_TEST((resolution(1) == Resolution::accepted));
    BOOST_TEST(balance(kChallenger) == Amount(kStart));  // nobody earned a fee
    BOOST_TEST(balance(kContributor) == Amount(kStart + kBond));
}

BOOST_FIXTURE_TEST_CASE(a_default_returns_the_bond_less_the_fees_of_those_who_voted, Fixture) {
    begin();
    vote("ar-");
    vote("ra-");
    BOOST_TEST(dispute().by_default);
    BOOST_TEST((dispute().ruling == Choice::accept));
    BOOST_TEST(dispute().fees_paid == Amount(2 * kFee));
    BOOST_TEST(balance(kChallenger) == Amount(kStart - 2 * kFee));
    BOOST_TEST((panel()[0].outcome == Outcome::unjudged));
    BOOST_TEST(panel()[0].earned == Amount(kFee + 158));
}

BOOST_FIXTURE_TEST_CASE(hidden_votes_of_all_are_no_quorum, Fixture) {
    begin();
    vote("AAR");
    BOOST_TEST(dispute().draws == 2);
    for (std::uint8_t i = 0; i < 3; ++i) BOOST_TEST(gain_at(i) == -6 * kFees);
}

BOOST_FIXTURE_TEST_CASE(too_few_jurors_wait_another_evidence_period_and_then_default, JuryFixture) {
    hire(1, 1);
    open();
    run_until(1'005);
    BOOST_TEST((dispute().phase == Phase::evidence));
    BOOST_TEST(dispute().draws == 1);
    BOOST_TEST(dispute().deadline_s == 1'010u);
    BOOST_TEST(panel().empty());
    BOOST_TEST(juror(person(0)).locked == Amount(0));
    run_until(1'010);
    BOOST_TEST((dispute().phase == Phase::ruled));
    BOOST_TEST(dispute().by_default);
    BOOST_TEST(balance(kChallenger) == Amount(kStart));
    BOOST_TEST(replay(record_of())->by_default);
}

BOOST_FIXTURE_TEST_CASE(jurors_who_came_in_time_are_drawn_the_second_time, JuryFixture) {
    open();
    run_until(1'005);
    hire(3, 1);
    run_until(1'010);
    BOOST_TEST((dispute().phase == Phase::commit));
    BOOST_TEST(dispute().draws == 2);
    vote("rrr");
    BOOST_TEST((dispute().ruling == Choice::reject));
    BOOST_TEST(replay(record_of()).has_value());
}

BOOST_FIXTURE_TEST_CASE(two_jurors_rule_where_they_agree, JuryFixture) {
    hire(2, 1);
    open_and_draw();
    BOOST_REQUIRE(panel().size() == 2u);
    vote("rr");
    BOOST_TEST((dispute().ruling == Choice::reject));
    BOOST_TEST(balance(kChallenger) == Amount(kStart + 1'600 - 2 * kFee));
}

BOOST_FIXTURE_TEST_CASE(terms_of_an_open_dispute_do_not_change, Fixture) {
    begin();
    Params later = terms;
    later.jury_fee = Amount(5'000);
    later.reveal_s = 1;
    init(state, later);
    vote("aar");
    BOOST_TEST(gain_at(2) == -3 * kFees);
}

BOOST_FIXTURE_TEST_CASE(a_juror_judges_several_seats_each_by_itself, JuryFixture) {
    hire(1, 100);
    open_and_draw();
    BOOST_REQUIRE(panel().size() == 3u);
    BOOST_TEST(juror(person(0)).locked == Amount(18 * kFee));
    vote("rra");
    BOOST_TEST(juror(person(0)).locked == Amount(0));
    BOOST_TEST(gain(person(0)) == 2 * (kFees + 106) - 3 * kFees);
}
