// The panel's edges: EVIDENCE -> COMMIT -> REVEAL -> closed, and the one redraw of a round.
#include "modules/disputes/panel.hpp"

#include "chain/exec/deadlines.hpp"
#include "chain/exec/event.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/judging.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/params.hpp"
#include "modules/disputes/review.hpp"
#include "modules/disputes/rounds.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/seating.hpp"
#include "modules/disputes/settle.hpp"

namespace assay::disputes {

namespace {

void announce_failure(State& state, const Dispute& dispute) {
    emit(state, ModuleId::disputes,
         PanelFailed{.dispute = dispute.id,
                     .draw = dispute.draws,
                     .seats = dispute.seats,
                     .reveals = dispute.reveals});
}

// Draws with the beacon of this very block, which nobody knew when the phase before it ended.
void draw_panel(State& state, const BlockEnv& block, Dispute& dispute) {
    CHECK(dispute.draws_of_round < kMaxDraws);
    ++dispute.draws_of_round;
    const std::uint8_t wanted = panel_seats(dispute.round);
    const auto jurors = draw_jurors(state, block, dispute, wanted, excluded_from(state, dispute));
    note_draw(state, block, dispute, dispute.round, jurors.size());
    if (jurors.size() >= quorum_of(wanted)) return seat_panel(state, block, dispute, jurors);
    announce_failure(state, dispute);
    if (dispute.draws_of_round == kMaxDraws)
        return close_round(state, block, dispute, std::nullopt);
    enter_phase(state, dispute, Phase::evidence, block.time_s + dispute.terms.evidence_s);
}

void begin_reveals(State& state, const BlockEnv& block, Dispute& dispute) {
    const std::uint64_t reveal_ends_s = block.time_s + dispute.terms.reveal_s;
    enter_phase(state, dispute, Phase::reveal, reveal_ends_s);
    emit(state, ModuleId::disputes,
         RevealPhaseBegan{.dispute = dispute.id, .reveal_ends_s = reveal_ends_s});
}

void close_panel(State& state, const BlockEnv& block, Dispute& dispute) {
    auto seats = panel_of(state, dispute.id, dispute.draws);
    const Tally tally = tally_of(seats);
    CHECK(tally.commits == dispute.commits && tally.reveals == dispute.reveals);
    CHECK(tally.accept == dispute.votes_accept && tally.reject == dispute.votes_reject);
    suspend_absent(state, seats);
    const auto ruling = ruling_of(tally, present_round(state, dispute).seats);
    if (!ruling) announce_failure(state, dispute);
    if (dispute.reviewing) return close_review(state, block, dispute, ruling);
    if (ruling || dispute.draws_of_round == kMaxDraws)
        return close_round(state, block, dispute, ruling);
    judge_panel(state, dispute, dispute.draws, std::move(seats), std::nullopt, Amount{});
    draw_panel(state, block, dispute);
}

}  // namespace

Deadline deadline_of(const Dispute& dispute) {
    return {
        .time_s = dispute.deadline_s, .kind = DeadlineKind::dispute_phase_ends, .id = dispute.id};
}

void enter_phase(State& state, Dispute& dispute, Phase phase, std::uint64_t deadline_s) {
    dispute.phase = phase;
    dispute.deadline_s = deadline_s;
    schedule(state, deadline_of(dispute));
    state.put(kDisputes, dispute.id, dispute);
}

void move_deadline(State& state, Dispute& dispute, std::uint64_t deadline_s) {
    unschedule(state, deadline_of(dispute));
    enter_phase(state, dispute, dispute.phase, deadline_s);
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
        case Phase::appealable: return rule(state, block, dispute);
        case Phase::settling: return settle_next_round(state, block, dispute);
        case Phase::ruled: break;
    }
}

}  // namespace assay::disputes
