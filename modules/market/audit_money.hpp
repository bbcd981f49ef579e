// Owns what grading costs and brings: fees, locks, penalties, and how a seat is judged.
#pragma once

#include "modules/market/audit.hpp"

namespace assay::market {

// Of penalties, to seats that did their work; the rest burns.
inline constexpr std::uint32_t kPenaltyToGraders_ppm = 700'000;

Amount fees_of(std::uint64_t seats, const Params& terms);
// What a seat of this outcome loses: sigma (the fee times grader_penalty_ppm) where it is
// incoherent, 1.5 sigma for no commitment, 2 sigma for silence after one. Rounded up.
Amount grade_penalty(GradeOutcome outcome, const Params& terms);
// The largest of them, locked a seat.
Amount grader_lock(const Params& terms);
// True where the seat did its work.
bool is_paid(GradeOutcome outcome);

// What a submission's end says of its quality; nullopt where it says nothing: objective fraud, or
// acceptance without enough grades to compare.
std::optional<bool> quality_of(const Submission& submission, const Audit& audit);
// `good` as quality_of() says.
GradeOutcome grade_outcome(const GradeSeat& seat, const Audit& audit, const SampleBounds& bounds,
                           std::optional<bool> good);

// share * paid + burned = penalties.
struct GradeDivision {
    Amount share;  // of each paid seat
    Amount burned;
};
GradeDivision divide_grade_penalties(Amount penalties, std::uint64_t paid_seats);

// The submission is terminal: unlocks every seat, takes penalties, pays; fees that nobody earned
// return to the order's escrow and budget. Writes seats; `order` and `audit` are the caller's.
void judge_seats(State& state, Order& order, const Submission& submission, Audit& audit);

}  // namespace assay::market
