// The life of work under `audited`, edge by edge.
#include "tests/support/audit_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::AuditPhase;
using market::GradeOutcome;
using market::Lot;
using market::SubmissionState;

namespace {

// Nearly all work is spared by lot.
ModuleParams spared() {
    ModuleParams out = story_params();
    out.market.audit_share_ppm = 1;
    return out;
}

struct SparedFixture : AuditFixture {
    SparedFixture() : AuditFixture(spared()) {}
};

struct HundredFixture : AuditFixture {
    HundredFixture() {
        hire();
        BOOST_REQUIRE(post_audited(audited_order(100, 1)) == TxCode::ok);
        submit_many(kAnn, 1, 100);
        pass_draw();
        BOOST_REQUIRE(audit().items == 100U);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(market_audit)

BOOST_FIXTURE_TEST_CASE(good_work_is_graded_and_all_are_paid, HiredAuditFixture) {
    BOOST_TEST(budget() == fees(6));
    submit(kAnn, {1, 2, 3, 4});
    BOOST_TEST((state_of() == SubmissionState::revealed));
    BOOST_TEST((audit().phase == AuditPhase::drawing));
    BOOST_TEST(record_of().items.empty());
    pass_draw();
    BOOST_TEST((audit().lot == Lot::audited));
    BOOST_TEST(audit().seats == 3U);
    BOOST_TEST((record_of().items == std::vector<std::uint64_t>{0, 1, 2, 3}));
    BOOST_TEST(held(pool::kAuditFees) == fees(3));
    BOOST_TEST(budget() == fees(3));
    for (const auto& each : record_of().seats)
        BOOST_TEST(locked(each.grader) == market::grader_lock(terms()));
    grade({0, 0, 0});
    BOOST_TEST(audit().counted);
    BOOST_TEST(submission().verdict_ppm == kPpm);
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::accepted));
    for (const auto& each : record_of().seats) {
        BOOST_TEST((each.outcome == GradeOutcome::coherent));
        BOOST_TEST(each.earned == fees(1));
        BOOST_TEST(earned(each.grader, fees(1)));
        BOOST_TEST(locked(each.grader) == Amount(0));
    }
    BOOST_TEST((audit().phase == AuditPhase::over));
    BOOST_TEST(held(pool::kAuditFees) == Amount(0));
    BOOST_TEST((order().state == market::OrderState::settled));
    BOOST_TEST(budget() == Amount(0));
    // The second audit was never needed: its fees went back with the escrow.
    const Amount work = Amount(4 * kTokenUnits);
    BOOST_TEST(lost(kBuyer, sum_of(sum_of(work, ppm_floor(work, terms().fee_ppm)), fees(3))));
}

BOOST_FIXTURE_TEST_CASE(forgiven_defects_cost_nothing, HundredFixture) {
    BOOST_TEST(record_of().bounds.forgiven == 2U);
    BOOST_TEST(record_of().bounds.rejected == 9U);
    grade({2, 2, 0});
    BOOST_TEST(audit().defects == 2U);
    BOOST_TEST(submission().verdict_ppm == kPpm);
}

BOOST_FIXTURE_TEST_CASE(defects_that_most_find_cost_pay, HundredFixture) {
    // Five of a hundred, two forgiven, each further one twice its share: 94%.
    grade({5, 7, 0});
    BOOST_TEST(audit().defects == 5U);  // two of three mark those
    BOOST_TEST(submission().verdict_ppm == 940'000U);
    pass_deadline();
    BOOST_TEST(submission().payout ==
               ppm_floor(checked_mul(Amount(kTokenUnits), Amount(100)).value(), 940'000));
    for (std::uint8_t i = 0; i < 3; ++i)
        BOOST_TEST((seat(i).outcome == GradeOutcome::coherent));  // all found it good enough
}

BOOST_FIXTURE_TEST_CASE(too_many_defects_reject_and_cost_the_lazy_grader, HundredFixture) {
    const Amount bond = submission().bond;
    grade({9, 12, 0});
    BOOST_TEST(audit().defects == 9U);
    BOOST_TEST(submission().failed);
    BOOST_TEST(challenge() == TxCode::verdict_failed);
    BOOST_TEST((seat(2).outcome == GradeOutcome::pending));
    const Amount burned = ledger::total_burned(ledger::supply(state()));
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST((submission().reason == market::Reason::policy));
    BOOST_TEST(lost(kAnn, bond));
    BOOST_TEST((seat(2).outcome == GradeOutcome::incoherent));
    BOOST_TEST(paid(seat(2).grader, sigma()));
    const Amount share = ppm_floor(ppm_floor(sigma(), 700'000), 500'000);
    for (std::uint8_t i = 0; i < 2; ++i) {
        BOOST_TEST((seat(i).outcome == GradeOutcome::coherent));
        BOOST_TEST(earned(seat(i).grader, sum_of(fees(1), share)));
    }
    BOOST_TEST(audit().penalties == sigma());
    BOOST_TEST(sum_of(audit().penalties_burned, sum_of(share, share)) == sigma());
    const Amount of_bond = difference_of(bond, ppm_floor(bond, 250'000));  // nobody challenged
    BOOST_TEST(difference_of(ledger::total_burned(ledger::supply(state())), burned) >=
               sum_of(of_bond, audit().penalties_burned));
    BOOST_TEST(budget() == fees(1));  // what the lazy one did not earn pays for later audits
}

BOOST_FIXTURE_TEST_CASE(who_never_looks_loses_once_a_jury_does, HiredAuditFixture) {
    submit(kAnn, {1, 2, 3, 4});
    pass_draw();
    grade({0, 0, 0});
    BOOST_TEST(challenge() == TxCode::ok);
    pass(dispute().deadline_s);
    for (const auto& each : record_of().seats)  // the audit's locks stay beside the jury's
        BOOST_TEST(locked(each.grader) >= market::grader_lock(terms()));
    // Two of five jurors are left: who graded has an interest in the ruling.
    const auto panel = chain.ask(disputes::GetPanel{.dispute = 1}).value();
    BOOST_TEST(panel.size() == 2U);
    for (const auto& each : record_of().seats)
        for (const auto& seated : panel) BOOST_TEST((seated.juror != each.grader));
    vote("rr");
    BOOST_TEST((state_of() == SubmissionState::rejected));
    for (std::uint8_t i = 0; i < 3; ++i) {
        BOOST_TEST((seat(i).outcome == GradeOutcome::incoherent));
        BOOST_TEST(seat(i).penalty == sigma());
    }
    BOOST_TEST(audit().penalties_burned == audit().penalties);  // nobody was right
    BOOST_TEST(audit().fees_paid == Amount(0));
    BOOST_TEST(budget() == fees(6));
}

BOOST_FIXTURE_TEST_CASE(a_contest_before_a_jury_turns_the_judgement_round, HiredAuditFixture) {
    submit(kAnn, {1, 2, 3, 4});
    pass_draw();
    grade({1, 1, 0});
    BOOST_TEST(submission().failed);
    BOOST_TEST(contest(1, kAnn) == TxCode::ok);
    pass(dispute().deadline_s);
    vote("aa");
    BOOST_TEST((state_of() == SubmissionState::accepted));
    BOOST_TEST(submission().payout == Amount(4 * kTokenUnits));
    BOOST_TEST((seat(0).outcome == GradeOutcome::incoherent));
    BOOST_TEST((seat(1).outcome == GradeOutcome::incoherent));
    BOOST_TEST((seat(2).outcome == GradeOutcome::coherent));
    BOOST_TEST(seat(2).earned == sum_of(fees(1), ppm_floor(sum_of(sigma(), sigma()), 700'000)));
}

BOOST_FIXTURE_TEST_CASE(below_the_quorum_work_passes_and_silence_costs, HiredAuditFixture) {
    submit(kAnn, {1, 2, 3, 4});
    pass_draw();
    grade({4, kSilent, kAway});
    BOOST_TEST(!audit().counted);
    BOOST_TEST(submission().verdict_ppm == kPpm);
    pass_deadline();
    BOOST_TEST((seat(0).outcome == GradeOutcome::unjudged));
    BOOST_TEST((seat(1).outcome == GradeOutcome::unrevealed));
    BOOST_TEST((seat(2).outcome == GradeOutcome::no_show));
    BOOST_TEST(seat(1).penalty == sum_of(sigma(), sigma()));
    BOOST_TEST(seat(2).penalty == ppm_ceil(sigma(), 1'500'000));
    BOOST_TEST(seat(0).earned == sum_of(fees(1), ppm_floor(audit().penalties, 700'000)));
    const auto absent = chain.ask(jurors::GetJuror{seat(2).grader}).value();
    BOOST_TEST(absent.suspended_until_epoch > chain.ask(jurors::GetJurorTotals{})->epoch);
    BOOST_TEST(chain.ask(jurors::GetJuror{seat(1).grader})->suspended_until_epoch == 0U);
}

BOOST_FIXTURE_TEST_CASE(grades_without_a_quorum_count_where_a_jury_rejects, HiredAuditFixture) {
    submit(kAnn, {1, 2, 3, 4});
    pass_draw();
    grade({0, kAway, kAway});
    BOOST_TEST(challenge() == TxCode::ok);
    pass(dispute().deadline_s);
    vote("rr");
    BOOST_TEST((seat(0).outcome == GradeOutcome::incoherent));
}

BOOST_FIXTURE_TEST_CASE(two_of_three_must_agree_on_an_item, HiredAuditFixture) {
    submit(kAnn, {1, 2, 3, 4});
    pass_draw();
    grade({1, 0, kAway});  // one of two is no majority
    BOOST_TEST(audit().counted);
    BOOST_TEST(audit().defects == 0U);
    BOOST_TEST(submission().verdict_ppm == kPpm);
}

BOOST_FIXTURE_TEST_CASE(where_nobody_commits_the_verdict_comes_at_once, HiredAuditFixture) {
    submit(kAnn, {1, 2, 3, 4});
    pass_draw();
    const std::uint64_t ends_s = audit().deadline_s;
    pass(ends_s);
    BOOST_TEST((state_of() == SubmissionState::window));
    BOOST_TEST(submission().deadline_s == ends_s + terms().challenge_window_s);
    pass_deadline();
    for (const auto& each : record_of().seats) BOOST_TEST((each.outcome == GradeOutcome::no_show));
    // Four times 1.5 sigma burns: nobody did any work.
    BOOST_TEST(audit().penalties_burned == audit().penalties);
}

BOOST_FIXTURE_TEST_CASE(phases_end_when_all_have_spoken, HiredAuditFixture) {
    submit(kAnn, {1, 2, 3, 4});
    pass_draw();
    const std::uint64_t begun_s = now_s();
    grade({0, 0, 0});
    BOOST_TEST(now_s() - begun_s <= 4U);
}

BOOST_FIXTURE_TEST_CASE(a_lot_spares_what_is_not_drawn, SparedFixture) {
    hire();
    BOOST_REQUIRE(post_audited(audited_order()) == TxCode::ok);
    submit(kAnn, {1, 2});
    pass_draw();
    BOOST_TEST((audit().lot == Lot::spared));
    BOOST_TEST((state_of() == SubmissionState::window));
    BOOST_TEST(submission().verdict_ppm == kPpm);
    BOOST_TEST(budget() == fees(6));
    BOOST_TEST(challenge() == TxCode::ok);  // as any other work
}

BOOST_FIXTURE_TEST_CASE(a_spent_budget_audits_nothing_more, AuditFixture) {
    hire();
    BOOST_REQUIRE(post_audited(audited_order(4, 1)) == TxCode::ok);
    submit(kAnn, {1, 2});
    pass_draw();
    submit(kBob, {3, 4});
    pass_draw(2);
    BOOST_TEST((audit(2).lot == Lot::budget_spent));
    BOOST_TEST((state_of(2) == SubmissionState::window));
}

BOOST_FIXTURE_TEST_CASE(without_jurors_work_passes_and_the_budget_stays, AuditFixture) {
    BOOST_REQUIRE(post_audited(audited_order()) == TxCode::ok);
    submit(kAnn, {1, 2, 3, 4});
    pass_draw();
    BOOST_TEST((audit().lot == Lot::no_jurors));
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::accepted));
    const Amount work = Amount(4 * kTokenUnits);
    BOOST_TEST(lost(kBuyer, sum_of(work, ppm_floor(work, terms().fee_ppm))));
}

BOOST_FIXTURE_TEST_CASE(parties_never_grade, AuditFixture) {
    hire();
    // Forty times the stake of all jurors, so that a draw among everybody would meet them.
    const Amount much = checked_mul(Amount(kTokenUnits), Amount(1'000)).value();
    for (const Address& party : {kBuyer, kAnn})
        BOOST_TEST(chain.send(party, ModuleId::jurors, jurors::StakeJuror{}, much) == TxCode::ok);
    end_epoch();
    BOOST_REQUIRE(post_audited(audited_order(4, 2, 5)) == TxCode::ok);
    submit(kAnn, {1, 2, 3, 4});
    pass_draw();
    BOOST_TEST(audit().seats == 5U);
    for (const auto& each : record_of().seats)
        BOOST_TEST((each.grader != kBuyer && each.grader != kAnn));
}

BOOST_FIXTURE_TEST_CASE(fraud_while_graders_commit_releases_them, HiredAuditFixture) {
    submit(kAnn, {7, 7, 3, 4});
    pass_draw();
    BOOST_TEST(commit_grade(0, bitmap(1)) == TxCode::ok);
    BOOST_TEST(prove(kCarol, duplicate()) == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::rejected));
    for (const auto& each : record_of().seats) {
        BOOST_TEST((each.outcome == GradeOutcome::released));
        BOOST_TEST(earned(each.grader, Amount(0)));
    }
    BOOST_TEST(budget() == fees(6));
    BOOST_TEST(commit_grade(1, bitmap(1)) == TxCode::submission_wrong_state);
}

BOOST_FIXTURE_TEST_CASE(fraud_while_graders_reveal_pays_who_revealed, HiredAuditFixture) {
    submit(kAnn, {7, 7, 3, 4});
    pass_draw();
    commit_grades({0, 0, kAway});
    BOOST_TEST(reveal_grade(0, bitmap(0)) == TxCode::ok);
    BOOST_TEST(prove(kCarol, duplicate()) == TxCode::ok);
    BOOST_TEST((seat(0).outcome == GradeOutcome::unjudged));
    BOOST_TEST((seat(1).outcome == GradeOutcome::released));  // it had time left
    BOOST_TEST((seat(2).outcome == GradeOutcome::no_show));
}

BOOST_FIXTURE_TEST_CASE(fraud_before_the_draw_leaves_nothing_waiting, HiredAuditFixture) {
    commit(kAnn, {7, 7, 3, 4});
    commit_proof(kCarol, duplicate());
    BOOST_TEST(reveal(1) == TxCode::ok);
    BOOST_TEST(send(kCarol, duplicate()) == TxCode::ok);
    BOOST_TEST((audit().phase == AuditPhase::over));
    BOOST_TEST((audit().lot == Lot::none));
    end_block(100);
    end_block();
    BOOST_TEST((state_of() == SubmissionState::rejected));
}

BOOST_FIXTURE_TEST_CASE(fraud_after_the_verdict_judges_nobody, HiredAuditFixture) {
    submit(kAnn, {7, 7, 3, 4});
    pass_draw();
    grade({0, 0, 4});
    BOOST_TEST(prove(kCarol, duplicate()) == TxCode::ok);
    for (const auto& each : record_of().seats) {
        BOOST_TEST((each.outcome == GradeOutcome::unjudged));
        BOOST_TEST(each.earned == fees(1));
    }
}

BOOST_FIXTURE_TEST_CASE(windows_are_whole_when_blocks_come_late, HiredAuditFixture) {
    commit(kAnn, {1, 2, 3, 4});
    end_block();
    BOOST_REQUIRE(reveal(1) == TxCode::ok);
    end_block(100);  // all of the planned time is over before the draw
    BOOST_TEST(now_s() > submission().deadline_s);
    BOOST_TEST(refuse(kCarol, market::Settle{.submission = 1}) == TxCode::not_settleable);
    const std::uint64_t drawn_s = now_s();
    end_block();
    BOOST_TEST((audit().phase == AuditPhase::commit));
    BOOST_TEST(audit().deadline_s == drawn_s + terms().grader_commit_s);
    BOOST_TEST(commit_grade(0, bitmap(0)) == TxCode::ok);
    end_block(100);
    const std::uint64_t late_s = now_s();
    BOOST_TEST(commit_grade(1, bitmap(0)) == TxCode::too_late);
    BOOST_TEST(refuse(kCarol, market::Settle{.submission = 1}) == TxCode::not_settleable);
    end_block();
    BOOST_TEST((audit().phase == AuditPhase::reveal));
    BOOST_TEST(submission().deadline_s == late_s + terms().grader_reveal_s);
    begin_at(submission().deadline_s);
    BOOST_TEST(reveal_grade(0, bitmap(0)) == TxCode::too_late);
    BOOST_TEST(settle() == TxCode::ok);  // now it may be given
    BOOST_TEST((state_of() == SubmissionState::window));
}

BOOST_FIXTURE_TEST_CASE(a_small_submission_only_where_it_is_the_rest, AuditFixture) {
    BOOST_REQUIRE(post_audited(audited_order(5)) == TxCode::ok);
    const auto one = [&](const Address& who) {
        return market::CommitSubmission{
            .order = 1,
            .item_count = 1,
            .commitment = sha256(view_of(std::string_view(who == kAnn ? "ann's" : "bob's")))};
    };
    const Amount bond = chain.ask(market::QuoteCommit{.order = 1, .item_count = 1}).value();
    BOOST_TEST(refuse(kAnn, one(kAnn), bond) == TxCode::submission_too_small);
    commit(kBob, {1, 2, 3, 4});
    BOOST_TEST(send(kAnn, one(kAnn), bond) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(cancelling_returns_the_budget, AuditFixture) {
    BOOST_REQUIRE(post_audited(audited_order()) == TxCode::ok);
    BOOST_TEST(send(kBuyer, market::CancelOrder{.order = 1}) == TxCode::ok);
    BOOST_TEST(lost(kBuyer, ppm_ceil(Amount(4 * kTokenUnits), terms().cancel_fee_ppm)));
    BOOST_TEST(budget() == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(more_items_bring_no_more_audits, AuditFixture) {
    BOOST_REQUIRE(post_audited(audited_order()) == TxCode::ok);
    const auto value = chain.ask(market::QuoteFundOrder{.order = 1, .items = 4}).value();
    BOOST_TEST(send(kBuyer, market::FundOrder{.order = 1, .items = 4}, value) == TxCode::ok);
    BOOST_TEST(order().item_quota == 8U);
    BOOST_TEST(budget() == fees(6));
}

BOOST_FIXTURE_TEST_CASE(a_grader_finds_its_audits, HiredAuditFixture) {
    submit(kAnn, {1, 2});
    submit(kBob, {3, 4});
    pass_draw(2);
    for (const std::uint64_t id : {1U, 2U})
        for (const auto& each : record_of(id).seats) {
            const auto mine =
                chain.ask(market::ListAudits{.grader = each.grader, .after = id - 1, .limit = 10})
                    .value();
            BOOST_TEST(mine.front().submission == id);
        }
    grade({0, 0, 0}, 1);
    pass_deadline(1);
    for (const auto& each : record_of(1).seats) {
        const auto mine =
            chain.ask(market::ListAudits{.grader = each.grader, .after = 0, .limit = 10}).value();
        for (const auto& left : mine) BOOST_TEST(left.submission == 2U);
    }
    BOOST_TEST(chain.ask(market::GetAuditTerms{9}).has_error());
    BOOST_TEST(chain.ask(market::GetAudit{9}).has_error());
}

BOOST_AUTO_TEST_SUITE_END()
