// Walks all audits.
#include <map>

#include "chain/types/pools.hpp"
#include "modules/market/audit_money.hpp"
#include "modules/market/invariants_walk.hpp"
#include "modules/market/needs.hpp"

namespace assay::market {

namespace {

bool is_phase_of(const Audit& audit, const Submission& submission) {
    const bool given = audit.phase == AuditPhase::graded || audit.lot > Lot::audited;
    switch (submission.state) {
        case SubmissionState::revealed: return audit.phase < AuditPhase::graded;
        case SubmissionState::window:
        case SubmissionState::disputed: return given;
        default: return audit.phase == AuditPhase::over;
    }
}

struct SeatSums {
    std::uint8_t commits = 0;
    std::uint8_t reveals = 0;
    Amount earned;
    Amount penalties;
};

void check_seat_money(const Audit& audit, const SeatSums& sums, Expect& expect) {
    const Amount shared = difference_of(audit.penalties, audit.penalties_burned);
    expect.that(sums.penalties == audit.penalties, "audit", audit.submission,
                "penalties are not the seats'");
    expect.that(sums.earned == sum_of(audit.fees_paid, shared), "audit", audit.submission,
                "seats earned something else than fees and penalties");
}

}  // namespace

void check_audits(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    Expect expect("market audits", failures);
    Amount fees;
    Amount total;
    std::map<Address, Amount> locked;
    const auto add_seat = [&](const Audit& audit, const GradeSeat& seat, SeatSums& sums) {
        const bool waits = audit.phase != AuditPhase::over;
        expect.that(
            waits == !seat.locked.is_zero() && waits == (seat.outcome == GradeOutcome::pending) &&
                waits == state.contains(kGraderAudits,
                                        {.grader = seat.grader, .submission = audit.submission}),
            "audit", audit.submission,
            "a seat is locked or listed after its judgement, or not before");
        if (!seat.commitment.is_zero()) ++sums.commits;
        if (!seat.defects.empty()) ++sums.reveals;
        sums.earned = sum_of(sums.earned, seat.earned);
        sums.penalties = sum_of(sums.penalties, seat.penalty);
        locked[seat.grader] = sum_of(locked[seat.grader], seat.locked);
        total = sum_of(total, seat.locked);
    };
    for_each_submission(state, [&](const Submission& submission) {
        const auto audit = state.get(kAudits, submission.id);
        const bool due =
            state.contains(kAuditTerms, submission.order) && !submission.root.is_zero();
        expect.that(audit.has_value() == due, "submission", submission.id,
                    "has an audit and is not due one, or the opposite");
        if (!audit) return;
        const Order order = state.must_get(kOrders, submission.order);
        const bool waits = audit->phase != AuditPhase::over;
        const auto deadline = deadline_of(*audit);
        expect.that(is_phase_of(*audit, submission), "audit", submission.id,
                    "its phase is not one of its submission's state");
        expect.that(deadline ? is_scheduled(state, *deadline) : audit->deadline_s == 0, "audit",
                    submission.id, "waits without a deadline, or has one although nothing waits");
        expect.that(audit->fees == (waits ? fees_of(audit->seats, order.terms) : Amount{}), "audit",
                    submission.id, "its fees are not held exactly until the seats are judged");
        SeatSums sums;
        for (const GradeSeat& seat : seats_of(state, *audit)) add_seat(*audit, seat, sums);
        expect.that(sums.commits == audit->commits && sums.reveals == audit->reveals, "audit",
                    submission.id, "its counts are not those of its seats");
        check_seat_money(*audit, sums, expect);
        fees = sum_of(fees, audit->fees);
    });
    for_each_order(state, [&](const Order& order) {
        expect.that(state.contains(kAuditTerms, order.id) == (order.policy == Policy::audited),
                    "order", order.id, "has audits under another policy, or none under this one");
    });
    expect.holds(state, pool::kAuditFees, fees, "the pool of audit fees");
    for (const auto& [grader, amount] : locked)
        expect.that(needs::locked_grading(state, grader) == amount, "grader's lock", amount.low(),
                    "is not what the seats lock");
    expect.that(needs::total_locked_grading(state) == total, "graders' locks", total.low(),
                "are not what the seats lock");
}

}  // namespace assay::market
