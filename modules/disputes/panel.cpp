// The panel's edges: EVIDENCE -> COMMIT -> REVEAL -> ruled, and the one redraw.
#include "modules/disputes/panel.hpp"

#include "chain/exec/deadlines.hpp"
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/params.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/settle.hpp"

namespace assay::disputes {

namespace {

Deadline deadline_of(const Dispute& dispute) {
    return {
        .time_s = dispute.deadline_s, .kind = DeadlineKind::dispute_phase_ends, .id = dispute.id};
}

void seat_panel(State& state, const BlockEnv& block, Dispute& dispute,
                const std::vector<Address>& jurors) {
    const std::uint64_t commit_ends_s = block.time_s + dispute.terms.commit_s;
    const Amount amount = seat_lock(dispute.terms);
    dispute.seats = static_cast<std::uint8_t>(jurors.size());
    for (std::uint8_t i = 0; i < dispute.seats; ++i) {
        needs::lock_stake(state, jurors[i], amount);
        state.put(
            kSeats, {.dispute = dispute.id, .draw = dispute.draws, .seat = i},
            Seat{.seat = i, .juror = jurors[i], .commitment = {}, .locked = amount, .salt = {}});
        emit(state, ModuleId::disputes,
             JurorDrawn{.dispute = dispute.id,
                        .juror = jurors[i],
                        .seat = i,
                        .draw = dispute.draws,
                        .commit_ends_s = commit_ends_s});
    }
    enter_phase(state, dispute, Phase::commit, commit_ends_s);
}

void announce_failure(State& state, const Dispute& dispute) {
    emit(state, ModuleId::disputes,
         PanelFailed{.dispute = dispute.id,
                     .draw = dispute.draws,
                     .seats = dispute.seats,
                     .reveals = dispute.reveals});
}

// Draws with the beacon of this very block, which nobody knew when the phase before it ended.
void draw_panel(State& state, const BlockEnv& block, Dispute& dispute) {
    CHECK(dispute.draws < kMaxDraws);
    ++dispute.draws;
    dispute.seats = 0;
    dispute.commits = 0;
    dispute.reveals = 0;
    dispute.votes_accept = 0;
    dispute.votes_reject = 0;
    const Hash256 beacon = needs::beacon_value(state);
    dispute.seed = panel_seed(block.chain_id, dispute.id, dispute.draws, beacon);
    const auto jurors = needs::draw_jurors(
        state, {.seed = dispute.seed,
                .seats = kPanelSeats,
                .lock = seat_lock(dispute.terms),
                .excluded = {dispute.challenger, dispute.contributor, dispute.buyer}});
    CHECK(jurors.size() <= kPanelSeats);
    state.put(kDraws, {.dispute = dispute.id, .draw = dispute.draws},
              {.beacon = beacon,
               .seed = dispute.seed,
               .height = block.height,
               .time_s = block.time_s,
               .epoch = needs::current_epoch(state),
               .eligible = needs::eligible_stake(state),
               .found = static_cast<std::uint8_t>(jurors.size())});
    if (jurors.size() >= kQuorum) return seat_panel(state, block, dispute, jurors);
    announce_failure(state, dispute);
    if (dispute.draws == kMaxDraws) return settle_default(state, block, dispute, {});
    enter_phase(state, dispute, Phase::evidence, block.time_s + dispute.terms.evidence_s);
}

void begin_reveals(State& state, const BlockEnv& block, Dispute& dispute) {
    const std::uint64_t reveal_ends_s = block.time_s + dispute.terms.reveal_s;
    enter_phase(state, dispute, Phase::reveal, reveal_ends_s);
    emit(state, ModuleId::disputes,
         RevealPhaseBegan{.dispute = dispute.id, .reveal_ends_s = reveal_ends_s});
}

void close_panel(State& state, const BlockEnv& block, Dispute& dispute) {
    auto seats = panel_of(state, dispute, dispute.draws);
    const Tally tally = tally_of(seats);
    CHECK(tally.commits == dispute.commits && tally.reveals == dispute.reveals);
    CHECK(tally.accept == dispute.votes_accept && tally.reject == dispute.votes_reject);
    const auto ruling = ruling_of(tally);
    if (ruling) return settle_ruled(state, block, dispute, std::move(seats), *ruling);
    announce_failure(state, dispute);
    if (dispute.draws == kMaxDraws) return settle_default(state, block, dispute, std::move(seats));
    judge_panel(state, dispute, std::move(seats), std::nullopt, Amount{});
    draw_panel(state, block, dispute);
}

}  // namespace

std::vector<Seat> panel_of(const State& state, const Dispute& dispute, std::uint8_t draw) {
    std::vector<Seat> out;
    for (std::uint8_t i = 0; i < kPanelSeats; ++i) {
        auto seat = state.get(kSeats, {.dispute = dispute.id, .draw = draw, .seat = i});
        if (!seat) break;
        out.push_back(std::move(*seat));
    }
    return out;
}

void enter_phase(State& state, Dispute& dispute, Phase phase, std::uint64_t deadline_s) {
    dispute.phase = phase;
    dispute.deadline_s = deadline_s;
    schedule(state, deadline_of(dispute));
    state.put(kDisputes, dispute.id, dispute);
}

void end_phase_early(State& state, const BlockEnv& block, Dispute& dispute) {
    unschedule(state, deadline_of(dispute));
    enter_phase(state, dispute, dispute.phase, block.time_s);
}

void on_phase_ends(State& state, const BlockEnv& block, std::uint64_t id) {
    Dispute dispute = state.must_get(kDisputes, id);
    CHECK(dispute.phase != Phase::ruled);
    switch (dispute.phase) {
        case Phase::evidence: return draw_panel(state, block, dispute);
        case Phase::commit:
            if (dispute.commits == 0) return close_panel(state, block, dispute);
            return begin_reveals(state, block, dispute);
        case Phase::reveal: return close_panel(state, block, dispute);
        case Phase::ruled: break;
    }
}

Amount judge_panel(State& state, Dispute& dispute, std::vector<Seat> seats,
                   std::optional<Choice> ruling, Amount fee) {
    Amount penalties;
    std::uint64_t paid_seats = 0;
    for (Seat& seat : seats) {
        seat.outcome = outcome_of(seat, ruling);
        if (is_paid(seat.outcome)) ++paid_seats;
        needs::unlock_stake(state, seat.juror, std::exchange(seat.locked, Amount{}));
        const Amount charged = penalty_of(seat.outcome, dispute.terms);
        if (!charged.is_zero())
            seat.penalty = needs::penalise_juror(state, seat.juror, charged, pool::kDisputeFees);
        if (seat.outcome == Outcome::no_show) needs::suspend_juror(state, seat.juror);
        penalties = sum_of(penalties, seat.penalty);
    }
    const Division division = divide_penalties(penalties, paid_seats, dispute.terms);
    for (Seat& seat : seats) {
        if (is_paid(seat.outcome)) seat.earned = sum_of(fee, division.share);
        if (!seat.earned.is_zero())
            needs::pay_juror(state, pool::kDisputeFees, seat.juror, seat.earned);
        state.put(kSeats, {.dispute = dispute.id, .draw = dispute.draws, .seat = seat.seat}, seat);
        emit(state, ModuleId::disputes,
             SeatJudged{.dispute = dispute.id,
                        .juror = seat.juror,
                        .seat = seat.seat,
                        .earned = seat.earned,
                        .penalty = seat.penalty});
    }
    ledger::burn(state, pool::kDisputeFees, division.burned, BurnReason::slash);
    dispute.penalties = sum_of(dispute.penalties, penalties);
    dispute.penalties_burned = sum_of(dispute.penalties_burned, division.burned);
    dispute.penalties_paid = difference_of(dispute.penalties, dispute.penalties_burned);
    return *checked_mul(fee, Amount(paid_seats));
}

}  // namespace assay::disputes
