// Judging seats and paying them.
#include "modules/market/audit_money.hpp"

#include <utility>

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/events_audit.hpp"
#include "modules/market/needs.hpp"

namespace assay::market {

namespace {

constexpr std::uint32_t kNoShow_ppm = 1'500'000;      // of sigma
constexpr std::uint32_t kUnrevealed_ppm = 2'000'000;  // of sigma

Amount sigma_of(const Params& terms) {
    return ppm_ceil(terms.grader_fee, terms.grader_penalty_ppm);
}

// Unlocks and penalises. Returns what was taken of all seats.
Amount penalise(State& state, const Params& terms, std::vector<GradeSeat>& seats) {
    Amount out;
    for (GradeSeat& seat : seats) {
        needs::unlock_grader(state, seat.grader, std::exchange(seat.locked, Amount{}));
        const Amount charged = grade_penalty(seat.outcome, terms);
        if (!charged.is_zero())
            seat.penalty = needs::penalise_grader(state, seat.grader, charged, pool::kAuditFees);
        out = sum_of(out, seat.penalty);
    }
    return out;
}

void return_fees(State& state, Order& order, Amount unearned) {
    ledger::move(state, pool::kAuditFees, pool::kMarketEscrow, unearned);
    order.escrow = sum_of(order.escrow, unearned);
    AuditTerms terms = state.must_get(kAuditTerms, order.id);
    terms.budget = sum_of(terms.budget, unearned);
    state.put(kAuditTerms, order.id, terms);
}

void write_seat(State& state, const Audit& audit, const GradeSeat& seat) {
    state.put(kGradeSeats, {.submission = audit.submission, .seat = seat.seat}, seat);
    const GraderAudit entry{.grader = seat.grader, .submission = audit.submission};
    if (state.contains(kGraderAudits, entry)) state.erase(kGraderAudits, entry);  // once a grader
    emit(state, ModuleId::market,
         GraderJudged{.submission = audit.submission,
                      .grader = seat.grader,
                      .seat = seat.seat,
                      .outcome = seat.outcome,
                      .earned = seat.earned,
                      .penalty = seat.penalty});
}

}  // namespace

Amount fees_of(std::uint64_t seats, const Params& terms) {
    const auto fees = checked_mul(terms.grader_fee, Amount(seats));
    CHECK(fees.has_value());
    return *fees;
}

Amount grade_penalty(GradeOutcome outcome, const Params& terms) {
    switch (outcome) {
        case GradeOutcome::incoherent: return sigma_of(terms);
        case GradeOutcome::no_show: return ppm_ceil(sigma_of(terms), kNoShow_ppm);
        case GradeOutcome::unrevealed: return ppm_ceil(sigma_of(terms), kUnrevealed_ppm);
        case GradeOutcome::pending:
        case GradeOutcome::coherent:
        case GradeOutcome::unjudged:
        case GradeOutcome::released: break;
    }
    return {};
}

Amount grader_lock(const Params& terms) {
    return grade_penalty(GradeOutcome::unrevealed, terms);
}

bool is_paid(GradeOutcome outcome) {
    return outcome == GradeOutcome::coherent || outcome == GradeOutcome::unjudged;
}

std::optional<bool> quality_of(const Submission& submission, const Audit& audit) {
    if (submission.state == SubmissionState::accepted)
        return audit.counted ? std::optional(true) : std::nullopt;
    CHECK(submission.state == SubmissionState::rejected);
    return submission.reason == Reason::fraud ? std::nullopt : std::optional(false);
}

GradeOutcome grade_outcome(const GradeSeat& seat, const Audit& audit, const SampleBounds& bounds,
                           std::optional<bool> good) {
    const bool commits_over = audit.phase != AuditPhase::commit;
    const bool reveals_over = audit.phase == AuditPhase::graded;
    if (seat.commitment.is_zero())
        return commits_over ? GradeOutcome::no_show : GradeOutcome::released;
    if (seat.defects.empty())
        return reveals_over ? GradeOutcome::unrevealed : GradeOutcome::released;
    if (!good) return GradeOutcome::unjudged;
    const bool found_good = count_defects(seat.defects, audit.items) < bounds.rejected;
    return found_good == *good ? GradeOutcome::coherent : GradeOutcome::incoherent;
}

GradeDivision divide_grade_penalties(Amount penalties, std::uint64_t paid_seats) {
    if (paid_seats == 0) return {.share = {}, .burned = penalties};
    const Amount to_seats = ppm_floor(penalties, kPenaltyToGraders_ppm);
    const Amount share = *mul_div_floor(to_seats, Amount(1), Amount(paid_seats));
    const Amount shared = *checked_mul(share, Amount(paid_seats));
    return {.share = share, .burned = difference_of(penalties, shared)};
}

void judge_seats(State& state, Order& order, const Submission& submission, Audit& audit) {
    if (audit.seats == 0) return;  // nobody was drawn yet
    const auto good = quality_of(submission, audit);
    const SampleBounds bounds = audit_bounds(submission.item_count, order.terms);
    auto seats = seats_of(state, audit);
    std::uint64_t paid = 0;
    for (GradeSeat& seat : seats) {
        seat.outcome = grade_outcome(seat, audit, bounds, good);
        if (is_paid(seat.outcome)) ++paid;
    }
    audit.penalties = penalise(state, order.terms, seats);
    const GradeDivision division = divide_grade_penalties(audit.penalties, paid);
    audit.penalties_burned = division.burned;
    audit.fees_paid = fees_of(paid, order.terms);
    for (GradeSeat& seat : seats) {
        if (is_paid(seat.outcome)) {
            seat.earned = sum_of(order.terms.grader_fee, division.share);
            needs::pay_grader(state, pool::kAuditFees, seat.grader, seat.earned);
        }
        write_seat(state, audit, seat);
    }
    ledger::burn(state, pool::kAuditFees, division.burned, BurnReason::slash);
    return_fees(state, order, difference_of(std::exchange(audit.fees, Amount{}), audit.fees_paid));
}

}  // namespace assay::market
