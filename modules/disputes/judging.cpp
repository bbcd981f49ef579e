// What a seat's vote costs or brings.
#include "modules/disputes/judging.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/ruling.hpp"

namespace assay::disputes {

namespace {

// Returns what was taken of all seats.
Amount penalise(State& state, const Params& terms, std::vector<Seat>& seats) {
    Amount out;
    for (Seat& seat : seats) {
        needs::unlock_stake(state, seat.juror, std::exchange(seat.locked, Amount{}));
        const Amount charged = penalty_of(seat.outcome, terms);
        if (!charged.is_zero())
            seat.penalty = needs::penalise_juror(state, seat.juror, charged, pool::kDisputeFees);
        out = sum_of(out, seat.penalty);
    }
    return out;
}

}  // namespace

std::vector<Seat> panel_of(const State& state, std::uint64_t dispute, std::uint8_t draw) {
    std::vector<Seat> out;
    for (std::uint8_t i = 0; i < kMaxPanelSeats; ++i) {
        auto seat = state.get(kSeats, {.dispute = dispute, .draw = draw, .seat = i});
        if (!seat) break;
        out.push_back(std::move(*seat));
    }
    return out;
}

std::uint64_t paid_seats_of(const std::vector<Seat>& seats, std::optional<Choice> ruling) {
    std::uint64_t out = 0;
    for (const Seat& seat : seats)
        if (is_paid(outcome_of(seat, ruling))) ++out;
    return out;
}

void judge_panel(State& state, Dispute& dispute, std::uint8_t draw, std::vector<Seat> seats,
                 std::optional<Choice> ruling, Amount fee) {
    for (Seat& seat : seats) seat.outcome = outcome_of(seat, ruling);
    const Amount penalties = penalise(state, dispute.terms, seats);
    const Division division =
        divide_penalties(penalties, paid_seats_of(seats, ruling), dispute.terms);
    for (Seat& seat : seats) {
        if (is_paid(seat.outcome)) seat.earned = sum_of(fee, division.share);
        if (!seat.earned.is_zero())
            needs::pay_juror(state, pool::kDisputeFees, seat.juror, seat.earned);
        state.put(kSeats, {.dispute = dispute.id, .draw = draw, .seat = seat.seat}, seat);
        emit(state, ModuleId::disputes,
             SeatJudged{.dispute = dispute.id,
                        .juror = seat.juror,
                        .seat = seat.seat,
                        .earned = seat.earned,
                        .penalty = seat.penalty,
                        .draw = draw});
    }
    ledger::burn(state, pool::kDisputeFees, division.burned, BurnReason::slash);
    dispute.penalties = sum_of(dispute.penalties, penalties);
    dispute.penalties_burned = sum_of(dispute.penalties_burned, division.burned);
    dispute.penalties_paid = difference_of(dispute.penalties, dispute.penalties_burned);
}

void suspend_absent(State& state, const std::vector<Seat>& seats) {
    for (const Seat& seat : seats)
        if (seat.commitment.is_zero()) needs::suspend_juror(state, seat.juror);
}

}  // namespace assay::disputes
