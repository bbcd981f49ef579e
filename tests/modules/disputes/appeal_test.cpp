// Appeals: every edge between rounds, every refusal, and the money to the unit.
#include "tests/support/jury_fixture.hpp"

using namespace assay;
using namespace assay::disputes;
using namespace assay::test;

namespace {

constexpr std::uint64_t kLargerFees = 7 * kFee;  // of round 1, and its bond

struct Fixture : JuryFixture {
    // A first panel of three that ruled `votes`.
    void ruled(const std::string& votes) {
        hire(30, 5);
        open_and_draw();
        first_panel = panel();
        judge(votes);
        BOOST_REQUIRE((dispute().phase == Phase::appealable));
    }
    // The next panel, asked by `who`, rules.
    void overrule(const Address& who, const std::string& votes) {
        BOOST_REQUIRE(appeal(who) == TxCode::ok);
        run_until(dispute().deadline_s);
        BOOST_REQUIRE(panel().size() == votes.size());
        judge(votes);
    }
    // Beside what everybody began with.
    std::int64_t gained(const Address& who) const {
        return static_cast<std::int64_t>(balance(who).low()) - static_cast<std::int64_t>(kStart);
    }
    std::vector<Seat> seats_of(std::uint8_t draw) const {
        return record_of().panels.at(draw - 1U).seats;
    }
    std::vector<Seat> first_panel;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_ruling_waits_for_an_appeal_and_stands_without, Fixture) {
    ruled("aaa");
    BOOST_TEST((resolution(1) == Resolution::disputed));
    BOOST_TEST((dispute().ruling == Choice::accept));
    BOOST_TEST((rounds()[0].ruling == Choice::accept && !rounds()[0].settled));
    for (const Seat& seat : panel()) {
        BOOST_TEST((seat.outcome == Outcome::pending));
        BOOST_TEST(seat.locked == Amount(6 * kFee));
    }
    run_until(dispute().deadline_s - 1);
    BOOST_TEST((dispute().phase == Phase::appealable));
    run_until(dispute().deadline_s);
    BOOST_TEST((dispute().phase == Phase::ruled));
    BOOST_TEST((resolution(1) == Resolution::accepted));
    BOOST_TEST((panel()[0].outcome == Outcome::coherent));
}

BOOST_AUTO_TEST_CASE(gas_grows_with_the_seats_that_are_asked_for) {
    BOOST_TEST(panel_seats(0) == kFirstPanelSeats);
    BOOST_TEST(gas_of(Challenge{}) == Challenge::kGas);
    BOOST_TEST(Challenge::kGas == Contest::kGas);
    const std::uint64_t least = gas_of(Appeal{.seats = panel_seats(1)});
    BOOST_TEST(least > Challenge::kGas);
    for (std::uint8_t round = 1; round < kMaxRounds; ++round)
        BOOST_TEST(gas_of(Appeal{.seats = panel_seats(round)}) ==
                   least + kSeatGas * (panel_seats(round) - panel_seats(1)));
}

BOOST_FIXTURE_TEST_CASE(appeals_are_refused_by_name, Fixture) {
    hire(30, 5);
    open_and_draw();
    const Amount value(2 * kLargerFees);
    BOOST_TEST(*QuoteAppeal{.dispute = 1}.view(state, block) == value);
    BOOST_TEST(appeal(kContributor, value) == TxCode::dispute_wrong_phase);
    judge("rrr");
    BOOST_TEST(appeal(kContributor, value, 2) == TxCode::dispute_not_found);
    BOOST_TEST(appeal(kChallenger, value) == TxCode::wrong_side);
    BOOST_TEST(appeal(kContributor, value, 3, 1) == TxCode::dispute_wrong_phase);
    BOOST_TEST(appeal(kContributor, value, 15, 1) == TxCode::dispute_wrong_phase);
    BOOST_TEST(appeal(kContributor, Amount(2 * kLargerFees - 1)) == TxCode::wrong_value);
    BOOST_TEST(appeal(kContributor, Amount(2 * kLargerFees + 1)) == TxCode::wrong_value);
    Appeal message{.dispute = 1, .evidence_root = {}, .evidence_uri = ""};
    BOOST_TEST(run(ModuleId::disputes, kContributor, message, value) == TxCode::hash_zero);
    message.evidence_root.bytes.fill(1);
    message.evidence_uri = std::string(kMaxEvidenceUriBytes + 1, 'x');
    BOOST_TEST(run(ModuleId::disputes, kContributor, message, value) == TxCode::text_too_long);
    block.time_s = dispute().deadline_s;
    BOOST_TEST(appeal(kContributor, value) == TxCode::too_late);
    --block.time_s;
    BOOST_TEST(appeal(kContributor, value) == TxCode::ok);
    BOOST_TEST((dispute().phase == Phase::evidence));
    BOOST_TEST(appeal(kContributor, value) == TxCode::dispute_wrong_phase);
    BOOST_TEST(GetRounds{.dispute = 2}.view(state, block).has_error());
    BOOST_TEST(GetBackers{.dispute = 2}.view(state, block).has_error());
    BOOST_TEST(QuoteAppeal{.dispute = 2}.view(state, block).has_error());
}

BOOST_FIXTURE_TEST_CASE(who_won_does_not_appeal, Fixture) {
    ruled("aaa");
    BOOST_TEST(appeal(kContributor) == TxCode::wrong_side);
    BOOST_TEST(appeal(kChallenger) == TxCode::ok);
    BOOST_TEST((backers()[1].side == Choice::reject && backers()[1].role == Role::appellant));
}

// Of the challenger's 1001, 500 go to the winners by weights of 4001 and 707: 424 and 75.
BOOST_FIXTURE_TEST_CASE(a_contributor_overturns_a_wrong_rejection, Fixture) {
    ruled("rrr");
    overrule(kContributor, "aaaaaar");
    settle();
    BOOST_TEST((dispute().phase == Phase::ruled && dispute().ruling == Choice::accept));
    BOOST_TEST((resolution(1) == Resolution::accepted));
    BOOST_TEST(gained(kChallenger) == -1'001);  // no seat earned the first round's fees
    BOOST_TEST(gained(kContributor) == 4'001 + 424 + 75 - 6 * 101);
    for (const Seat& seat : seats_of(1)) {
        BOOST_TEST((seat.outcome == Outcome::incoherent));
        BOOST_TEST(seat.penalty == Amount(3 * kFee));
    }
    BOOST_TEST(seats_of(2)[0].earned == Amount(kFee + 35));  // a sixth of 70% of 303
    BOOST_TEST(seats_of(2)[6].penalty == Amount(3 * kFee));
    BOOST_TEST(burned() == 502u + 3u * 303u + 93u);
    BOOST_TEST(replay(record_of())->rounds == 2);
}

BOOST_FIXTURE_TEST_CASE(the_pool_pays_for_right_appeals_within_its_limit, Fixture) {
    fund(pool::kJurorFees, Amount(10'000));
    ruled("rrr");
    overrule(kContributor, "aaaaaar");
    settle();
    BOOST_TEST(balance(pool::kJurorFees) == Amount(10'000 - 300));  // 30% of 1001
    BOOST_TEST(gained(kContributor) == 4'001 + 424 + 75 - 6 * 101 + 300);
    BOOST_TEST(rounds()[1].from_pool == Amount(300));
    BOOST_TEST(rounds()[0].from_pool == Amount(0));
}

// 1600 of the contributor's bond are shared by weights of 1001 and 707: 937 and 662, 1 burned.
BOOST_FIXTURE_TEST_CASE(a_backer_overturns_a_wrong_acceptance_and_gains, Fixture) {
    fund(pool::kJurorFees, Amount(10'000));
    ruled("aaa");
    overrule(kFriend, "rrrrrrr");
    settle();
    BOOST_TEST((resolution(1) == Resolution::rejected));
    BOOST_TEST(gained(kChallenger) == 937);
    BOOST_TEST(gained(kFriend) == 662);
    BOOST_TEST(balance(pool::kJurorFees) == Amount(10'000 - kLargerFees));
    BOOST_TEST(dispute().slash_shared == Amount(1'600));
    BOOST_TEST(dispute().bonds_burned == Amount(1));
}

// Two appeals of a right ruling: bonds of 707 and 1515 are lost, half to the challenger, and the
// juries of seven and fifteen are the appellant's to pay.
BOOST_FIXTURE_TEST_CASE(a_rich_appellant_pays_for_every_round, Fixture) {
    fund(pool::kJurorFees, Amount(10'000));
    ruled("rrr");
    overrule(kContributor, "rrrrrrr");
    BOOST_TEST(*QuoteAppeal{.dispute = 1}.view(state, block) == Amount(30 * kFee));
    overrule(kContributor, std::string(15, 'r'));
    settle();
    BOOST_TEST(gained(kContributor) == -2 * 707 - 2 * 1'515);
    BOOST_TEST(gained(kChallenger) == 1'600 + 1'111);
    BOOST_TEST(dispute().bonds_lost == Amount(2'222));
    BOOST_TEST(balance(pool::kJurorFees) == Amount(10'000 - 3 * kFee));  // the challenger's jury
    for (std::uint8_t draw = 1; draw <= 3; ++draw)
        for (const Seat& seat : seats_of(draw)) BOOST_TEST(seat.earned == Amount(kFee));
    BOOST_TEST(replay(record_of())->rounds == 3);
}

// Back and forth: who was right in the end is paid by who was wrong in between.
BOOST_FIXTURE_TEST_CASE(seats_of_all_rounds_are_judged_by_the_last_ruling, Fixture) {
    ruled("aar");
    overrule(kChallenger, "rrrrraa");
    overrule(kContributor, std::string(10, 'a') + std::string(5, 'r'));
    settle();
    BOOST_TEST((dispute().ruling == Choice::accept));
    const auto coherent = [&](std::uint8_t draw) {
        const auto seats = seats_of(draw);
        return std::count_if(seats.begin(), seats.end(),
                             [](const Seat& seat) { return seat.outcome == Outcome::coherent; });
    };
    BOOST_TEST(coherent(1) == 2);
    BOOST_TEST(coherent(2) == 2);
    BOOST_TEST(coherent(3) == 10);
    BOOST_TEST(dispute().fees_paid == Amount(14 * kFee));
    // Bonds of 1001 and 707 are lost: 854 by weights of 4001 and 1515.
    BOOST_TEST(dispute().bonds_lost == Amount(1'708));
    BOOST_TEST(dispute().contributor_reward == Amount(619));
    BOOST_TEST(backers()[2].reward == Amount(234));
    BOOST_TEST(replay(record_of()).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_later_round_without_a_ruling_leaves_the_one_before, Fixture) {
    ruled("rrr");
    overrule(kContributor, "-------");
    BOOST_TEST(dispute().draws_of_round == 2);
    judge(std::string(panel().size(), '-'));
    BOOST_TEST((dispute().ruling == Choice::reject));
    BOOST_TEST(!dispute().by_default);
    settle();
    BOOST_TEST((resolution(1) == Resolution::rejected));
    BOOST_TEST(rounds()[1].by_default);
    BOOST_TEST(gained(kContributor) == 0);  // bond and fees came back: nobody judged
    BOOST_TEST(gained(kChallenger) == 1'600 - 3 * 101);
    BOOST_TEST((seats_of(1)[0].outcome == Outcome::coherent));
    BOOST_TEST((seats_of(3)[0].outcome == Outcome::no_show));
    BOOST_TEST(!replay(record_of())->by_default);
}

// Four of seven is no quorum; a tie of three and three neither, and the fees of who voted are due.
BOOST_FIXTURE_TEST_CASE(a_later_tie_pays_its_voters_and_changes_nothing, Fixture) {
    ruled("rrr");
    overrule(kContributor, "aaaa---");
    BOOST_TEST(dispute().draws_of_round == 2);
    judge("aaarrrA");
    settle();
    BOOST_TEST((dispute().ruling == Choice::reject));
    BOOST_TEST(rounds()[1].paid == Amount(6 * kFee));
    BOOST_TEST(gained(kContributor) == -6 * 101);
    BOOST_TEST((seats_of(3)[0].outcome == Outcome::unjudged));
}

BOOST_FIXTURE_TEST_CASE(five_of_seven_are_a_quorum, Fixture) {
    ruled("rrr");
    overrule(kContributor, "aaarr--");
    BOOST_TEST((dispute().phase == Phase::appealable && dispute().ruling == Choice::accept));
    for (const Seat& seat : {panel()[5], panel()[6]})
        BOOST_TEST(juror(seat.juror).suspended_until_epoch > epoch());
}

BOOST_FIXTURE_TEST_CASE(too_few_jurors_for_a_larger_panel_leave_the_ruling, JuryFixture) {
    hire(4, 1);
    open_and_draw();
    judge("rrr");
    BOOST_REQUIRE(appeal(kContributor) == TxCode::ok);
    run_until(dispute().deadline_s);
    BOOST_TEST((dispute().phase == Phase::evidence));
    BOOST_TEST(join(kFriend, Choice::accept) == TxCode::dispute_wrong_phase);
    run_until(dispute().deadline_s);
    BOOST_TEST((dispute().phase == Phase::settling));
    settle();
    BOOST_TEST((resolution(1) == Resolution::rejected));
    BOOST_TEST(balance(kContributor) == Amount(kStart));
    BOOST_TEST(replay(record_of()).has_value());
}

BOOST_FIXTURE_TEST_CASE(appellants_never_sit, JuryFixture) {
    hire(10, 3);
    open_and_draw();
    judge("rrr");
    BOOST_REQUIRE(stake(kFriend, Amount(500 * kMinStake)) == TxCode::ok);
    set_epoch(epoch() + 1);
    BOOST_REQUIRE(appeal(kFriend) == TxCode::ok);
    run_until(dispute().deadline_s);
    BOOST_REQUIRE(panel().size() == 7u);
    for (const Seat& seat : panel()) BOOST_TEST((seat.juror != kFriend));
}

// 3 + 7 + ... + 127 seats; the last ruling cannot be appealed, and a round is settled a block.
BOOST_FIXTURE_TEST_CASE(six_rounds_end_the_longest_dispute, Fixture) {
    hire(60, 60);
    open_and_draw();
    judge("aaa");
    const std::uint8_t sizes[] = {7, 15, 31, 63, 127};
    for (const std::uint8_t seats : sizes) {
        const bool accepted = dispute().ruling == Choice::accept;
        overrule(accepted ? kChallenger : kContributor, std::string(seats, accepted ? 'r' : 'a'));
    }
    BOOST_TEST((dispute().phase == Phase::settling));
    BOOST_TEST(dispute().rounds_settled == 1);
    BOOST_TEST((resolution(1) == Resolution::rejected));
    BOOST_TEST(appeal(kContributor, Amount(1)) == TxCode::dispute_wrong_phase);
    BOOST_TEST(QuoteAppeal{.dispute = 1}.view(state, block).has_error());
    BOOST_TEST(join(kFriend, Choice::accept) == TxCode::dispute_wrong_phase);
    for (int settled = 2; settled <= 6; ++settled) {
        run_until(dispute().deadline_s);
        BOOST_TEST(dispute().rounds_settled == settled);
    }
    BOOST_TEST((dispute().phase == Phase::ruled));
    BOOST_TEST(dispute().deadline_s == 0u);
    BOOST_TEST(seats_of(6).size() == 127u);
    const auto replayed = replay(record_of());
    BOOST_REQUIRE(replayed.has_value());
    BOOST_TEST(replayed->rounds == 6);
    BOOST_TEST((replayed->ruling == Choice::reject));
    for (std::uint32_t i = 0; i < 60; ++i) BOOST_TEST(juror(person(i)).locked == Amount(0));
}

// 256 fees cover the value and half of the challenger's bond: for 1'000'501 the fee is 3909.
BOOST_FIXTURE_TEST_CASE(a_dispute_about_much_has_a_larger_fee, JuryFixture) {
    terms.max_jury_fee = Amount(5'000);
    init(state, terms);
    hire(5, 30);
    submit(1, kBond, 1'000'000);
    const Amount quote = *QuoteChallenge{.submission = 1}.view(state, block);
    BOOST_TEST(quote == Amount(kChallengeBond + 3 * 3'909));
    BOOST_REQUIRE(challenge(kChallenger, claim_of(1), quote) == TxCode::ok);
    BOOST_TEST(dispute().terms.jury_fee == Amount(3'909));
    run_until(dispute().deadline_s);
    BOOST_TEST(panel()[0].locked == Amount(6 * 3'909));
    vote("rrr");
    BOOST_TEST(replay(record_of()).has_value());
}
