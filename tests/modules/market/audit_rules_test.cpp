// What messages about audits refuse, the pure rules of grading, and audits played by a seed.
#include "modules/market/invariants.hpp"
#include "tests/support/audit_fixture.hpp"
#include "tests/support/choices.hpp"

using namespace assay;
using namespace assay::test;
using market::GradeOutcome;
using market::SubmissionState;

namespace {

Bytes bits(const std::string& text) {
    Bytes out(market::bitmap_bytes(text.size()));
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '1') out[i / 8] = static_cast<std::uint8_t>(out[i / 8] | 1U << i % 8);
    return out;
}

std::size_t broken_by(const std::function<void(State&)>& change) {
    WiredGenesis genesis = story_genesis(story_params());
    genesis.more = change;
    WiredChain chain(genesis);
    std::vector<InvariantFailure> failures;
    market::check_audits(chain.state(), MemoryReader{}, failures);
    return failures.size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(market_audit_rules)

BOOST_FIXTURE_TEST_CASE(orders_that_are_refused, AuditFixture) {
    const auto refused = [&](auto change) {
        market::PostAudited bad = audited_order();
        change(bad);
        return refuse(kBuyer, bad, price_of(audited_order()));
    };
    BOOST_TEST(refused([](auto& m) { m.min_items = 0; }) == TxCode::count_zero);
    BOOST_TEST(refused([](auto& m) { m.audits = 0; }) == TxCode::count_zero);
    BOOST_TEST(refused([](auto& m) { m.min_items = 5; }) == TxCode::count_too_large);
    for (const int graders : {0, 1, 2, 4, 6, 9})
        BOOST_TEST(refused([&](auto& m) { m.graders = static_cast<std::uint8_t>(graders); }) ==
                   TxCode::unknown_choice);
    BOOST_TEST(refused([](auto& m) { m.spec_hash = {}; }) == TxCode::hash_zero);
    BOOST_TEST(refused([](auto& m) { m.deadline_s = 1; }) == TxCode::deadline_in_past);
    BOOST_TEST(refused([](auto& m) { m.graders = 5; }) == TxCode::wrong_value);
    BOOST_TEST(refused([](auto& m) { m.audits = 2'000; }) == TxCode::wrong_value);
    BOOST_TEST(send(kBuyer, audited_order(), price_of(audited_order())) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(an_order_pays_the_gas_of_every_seat, AuditFixture) {
    BOOST_TEST(audited_order(4, 1, 3).gas() ==
               market::PostAudited::kGas + 3 * market::kGradeSeatGas);
    BOOST_TEST(audited_order(4, 10, 7).gas() ==
               market::PostAudited::kGas + 70 * market::kGradeSeatGas);
    // What no order may ask for has a price too, far from the end of the numbers.
    BOOST_TEST(audited_order(4, UINT32_MAX, 255).gas() > (std::uint64_t{1} << 55));
}

BOOST_FIXTURE_TEST_CASE(commitments_that_are_refused, HiredAuditFixture) {
    const Hash256 some = sha256(view_of("grade"));
    const market::AuditCommit good{.submission = 1, .seat = 0, .commitment = some};
    BOOST_TEST(refuse(kCarol, good) == TxCode::submission_not_found);
    submit(kAnn, {1, 2, 3, 4});
    BOOST_TEST(refuse(kCarol, good) == TxCode::submission_wrong_state);  // not drawn yet
    pass_draw();
    const Address grader = seat(0).grader;
    BOOST_TEST(refuse(kCarol, good) == TxCode::not_a_grader);
    BOOST_TEST(refuse(seat(1).grader, good) == TxCode::not_a_grader);
    BOOST_TEST(
        refuse(grader, market::AuditCommit{.submission = 1, .seat = 3, .commitment = some}) ==
        TxCode::seat_not_found);
    BOOST_TEST(refuse(grader, market::AuditCommit{.submission = 1, .seat = 0, .commitment = {}}) ==
               TxCode::hash_zero);
    BOOST_TEST(send(grader, good) == TxCode::ok);
    BOOST_TEST(refuse(grader, good) == TxCode::already_graded);
    begin_at(audit().deadline_s);
    BOOST_TEST(refuse(seat(1).grader,
                      market::AuditCommit{.submission = 1, .seat = 1, .commitment = some}) ==
               TxCode::too_late);
    end_block();
    BOOST_TEST(refuse(seat(1).grader,
                      market::AuditCommit{.submission = 1, .seat = 1, .commitment = some}) ==
               TxCode::submission_wrong_state);
}

BOOST_FIXTURE_TEST_CASE(reveals_that_are_refused, HiredAuditFixture) {
    submit(kAnn, {1, 2, 3, 4});
    pass_draw();
    BOOST_TEST(reveal_grade(0, bitmap(0)) == TxCode::submission_wrong_state);
    commit_grades({1, 0, kAway});
    const Address grader = seat(0).grader;
    const auto refused = [&](auto change) {
        market::AuditReveal bad{
            .submission = 1, .seat = 0, .defects = bitmap(1), .salt = kGradeSalt};
        change(bad);
        return refuse(grader, bad);
    };
    BOOST_TEST(refused([](auto& m) { m.defects = {}; }) == TxCode::count_zero);
    BOOST_TEST(refused([](auto& m) { m.defects = Bytes(33); }) == TxCode::bytes_too_long);
    BOOST_TEST(refused([](auto& m) { m.defects = Bytes(2); }) == TxCode::item_count_mismatch);
    BOOST_TEST(refused([](auto& m) { m.defects = Bytes{0x10}; }) == TxCode::item_count_mismatch);
    BOOST_TEST(refused([](auto& m) { m.defects = Bytes{0x03}; }) == TxCode::grade_mismatch);
    BOOST_TEST(refused([](auto& m) { m.salt = {}; }) == TxCode::grade_mismatch);
    BOOST_TEST(refused([](auto& m) { m.seat = 1; }) == TxCode::not_a_grader);
    BOOST_TEST(refused([](auto& m) { m.seat = 9; }) == TxCode::seat_not_found);
    BOOST_TEST(refused([](auto& m) { m.submission = 9; }) == TxCode::submission_not_found);
    BOOST_TEST(reveal_grade(2, bitmap(0)) == TxCode::grade_mismatch);  // committed nothing
    BOOST_TEST(reveal_grade(0, bitmap(1)) == TxCode::ok);
    BOOST_TEST(reveal_grade(0, bitmap(1)) == TxCode::already_graded);
}

BOOST_AUTO_TEST_CASE(a_commitment_binds_all_of_a_grade) {
    const market::Grade grade{.chain_id = 1,
                              .submission = 2,
                              .seat = 3,
                              .grader = kAnn,
                              .defects = bits("101"),
                              .salt = kGradeSalt};
    const Hash256 bound = market::grade_commitment(grade);
    const auto differs = [&](auto change) {
        market::Grade other = grade;
        change(other);
        return market::grade_commitment(other) != bound;
    };
    BOOST_TEST(differs([](auto& g) { g.chain_id = 2; }));
    BOOST_TEST(differs([](auto& g) { g.submission = 3; }));
    BOOST_TEST(differs([](auto& g) { g.seat = 4; }));
    BOOST_TEST(differs([](auto& g) { g.grader = kBob; }));
    BOOST_TEST(differs([](auto& g) { g.defects = bits("100"); }));
    BOOST_TEST(differs([](auto& g) { g.salt = {}; }));
}

BOOST_AUTO_TEST_CASE(a_defect_is_what_more_than_half_mark) {
    using market::majority_defects;
    BOOST_TEST(majority_defects({bits("110"), bits("100"), bits("001")}, 3) == 1U);
    BOOST_TEST(majority_defects({bits("11"), bits("10")}, 2) == 1U);
    BOOST_TEST(majority_defects({bits("111111111"), bits("111111111")}, 9) == 9U);
    BOOST_TEST(majority_defects({}, 5) == 0U);
    BOOST_TEST(market::count_defects(bits("0100000001"), 10) == 2U);
}

BOOST_AUTO_TEST_CASE(a_sample_is_at_most_what_a_bitmap_holds) {
    market::Params terms;
    terms.sample_items = 1'000;
    terms.defects_forgiven = 20;
    terms.defects_rejected = 90;
    const auto bounds = market::audit_bounds(5'000, terms);
    BOOST_TEST(bounds.items == 256U);
    BOOST_TEST(bounds.forgiven == 5U);
    BOOST_TEST(bounds.rejected == 24U);
    BOOST_TEST(market::audit_bounds(1, terms).rejected == 1U);
}

BOOST_AUTO_TEST_CASE(lots_are_drawn_at_the_share) {
    std::uint32_t drawn = 0;
    for (std::uint64_t id = 1; id <= 4'000; ++id)
        if (market::is_drawn_for_audit(market::audit_seed(1, id, kGradeSalt), 400'000)) ++drawn;
    BOOST_TEST(drawn > 1'500U);  // 1600 expected, standard deviation 31
    BOOST_TEST(drawn < 1'700U);
    const Hash256 seed = market::audit_seed(1, 1, kGradeSalt);
    BOOST_TEST(market::is_drawn_for_audit(seed, kPpm));
    BOOST_TEST(!market::is_drawn_for_audit(seed, 0));
    BOOST_TEST((market::audit_seed(1, 2, kGradeSalt) != seed));
    BOOST_TEST((market::audit_seed(2, 1, kGradeSalt) != seed));
}

BOOST_AUTO_TEST_CASE(penalties_grow_with_silence_and_the_lock_covers_them) {
    market::Params terms;
    terms.grader_fee = Amount(101);
    terms.grader_penalty_ppm = 2'500'001;
    BOOST_TEST(market::grade_penalty(GradeOutcome::incoherent, terms) == Amount(253));
    BOOST_TEST(market::grade_penalty(GradeOutcome::no_show, terms) == Amount(380));
    BOOST_TEST(market::grade_penalty(GradeOutcome::unrevealed, terms) == Amount(506));
    BOOST_TEST(market::grader_lock(terms) == Amount(506));
    for (const auto good : {GradeOutcome::coherent, GradeOutcome::unjudged, GradeOutcome::released})
        BOOST_TEST(market::grade_penalty(good, terms) == Amount(0));
}

BOOST_AUTO_TEST_CASE(penalties_are_divided_without_rest) {
    for (std::uint64_t penalties = 0; penalties < 2'000; penalties += 7)
        for (std::uint64_t paid = 0; paid <= 7; ++paid) {
            const auto division = market::divide_grade_penalties(Amount(penalties), paid);
            const Amount shared = checked_mul(division.share, Amount(paid)).value();
            BOOST_TEST(sum_of(shared, division.burned) == Amount(penalties));
            BOOST_TEST(shared <= ppm_floor(Amount(penalties), 700'000));
            BOOST_TEST((paid != 0 || division.burned == Amount(penalties)));
        }
}

BOOST_AUTO_TEST_CASE(money_in_the_wrong_place_is_found) {
    BOOST_TEST(broken_by([](State&) {}) == 0U);
    BOOST_TEST(broken_by([](State& state) {
                   ledger::grant_at_genesis(state, pool::kAuditFees, Amount(1));
               }) == 1U);
    BOOST_TEST(broken_by([](State& state) {
                   jurors::Totals totals;
                   totals.locked = Amount(5);
                   totals.locked_audits = Amount(5);
                   state.put(jurors::kTotals, {}, totals);
               }) == 1U);
}

// Random graders over random ends: all invariants hold after every block, whoever did no work earns
// nothing, nobody loses more than the lock, and all money is accounted for.
BOOST_AUTO_TEST_CASE(money_of_grading_adds_up_whatever_happens) {
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
        BOOST_TEST_CONTEXT("seed " << seed) {
            const Bytes bytes = bytes_of_seed(seed, 64);
            Choices numbers(bytes);
            HiredAuditFixture play;
            const bool fraud = numbers.below(4) == 0;
            play.submit(kAnn, fraud ? std::vector<std::uint32_t>{7, 7, 3, 4}
                                    : std::vector<std::uint32_t>{1, 2, 3, 4});
            play.pass_draw();
            std::vector<int> acts;
            for (int i = 0; i < 3; ++i) acts.push_back(static_cast<int>(numbers.below(5)) - 2);
            const std::uint64_t fraud_at = fraud ? numbers.below(3) : 9;
            const auto convict = [&] {
                BOOST_TEST(play.prove(kCarol, play.duplicate()) == TxCode::ok);
            };
            if (fraud_at == 0) convict();
            if (play.audit().phase == market::AuditPhase::commit) play.commit_grades(acts);
            if (fraud_at == 1 && play.state_of() == SubmissionState::revealed) convict();
            if (play.audit().phase == market::AuditPhase::reveal) play.reveal_grades(acts);
            if (play.state_of() == SubmissionState::window) {
                const bool failed = play.submission().failed;
                const std::uint64_t end = fraud_at == 9 ? numbers.below(2) : 2;
                if (end == 2) {
                    convict();
                } else if (end == 1) {
                    BOOST_TEST((failed ? play.contest(1, kAnn) : play.challenge()) == TxCode::ok);
                    play.pass(play.dispute().deadline_s);
                    play.judge(numbers.below(2) == 0 ? "aa" : "rr");
                    while (play.dispute().phase != disputes::Phase::ruled)
                        play.pass(play.dispute().deadline_s);
                } else {
                    play.pass_deadline();
                }
            }
            const market::Audit audit = play.audit();
            BOOST_TEST((audit.phase == market::AuditPhase::over));
            Amount earned;
            for (const auto& seat : play.record_of().seats) {
                earned = sum_of(earned, seat.earned);
                BOOST_TEST(seat.earned.is_zero() == !market::is_paid(seat.outcome));
                BOOST_TEST((seat.earned.is_zero() || seat.penalty.is_zero()));
                BOOST_TEST(seat.penalty <= market::grader_lock(play.terms()));
            }
            BOOST_TEST(sum_of(earned, audit.penalties_burned) ==
                       sum_of(audit.fees_paid, audit.penalties));
            BOOST_TEST(play.held(pool::kAuditFees) == Amount(0));
            if (play.order().state == market::OrderState::open)
                BOOST_TEST(sum_of(play.budget(), audit.fees_paid) == play.fees(6));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
