// The panel's edges: EVIDENCE -> COMMIT -> REVEAL -> closed, and the one redraw of a round.
#include "modules/disputes/panel.hpp"

#include "chain/exec/deadlines.hpp"
#include "chain/exec/event.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/judging.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/params.hpp"
#include "modules/disputes/rounds.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/settle.hpp"

namespace assay::disputes {

namespace {

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

// Parties and everybody whose money stands behind a side.
std::vector<Address> excluded_from(const State& state, const Dispute& dispute) {
    std::vector<Address> out{dispute.contributor, dispute.buyer};
    for (const Backer& backer : backers_of(state, dispute)) out.push_back(backer.account);
    return out;
}

void begin_draw(Dispute& dispute) {
    CHECK(dispute.draws_of_round < kMaxDraws);
    ++dispute.draws;
    ++dispute.draws_of_round;
    dispute.seats = 0;
    dispute.commits = 0;
    dispute.reveals = 0;
    dispute.votes_accept = 0;
    dispute.votes_reject = 0;
}

void note_draw(State& state, const Dispute& dispute, const Draw& draw) {
    state.put(kDraws, {.dispute = dispute.id, .draw = dispute.draws}, draw);
    const RoundKey key{.dispute = dispute.id, .round = dispute.round};
    Round round = state.must_get(kRounds, key);
    if (round.draws == 0) round.first_draw = dispute.draws;
    ++round.draws;
    state.put(kRounds, key, round);
}

// Draws with the beacon of this very block, which nobody knew when the phase before it ended.
void draw_panel(State& state, const BlockEnv& block, Dispute& dispute) {
    begin_draw(dispute);
    const std::uint8_t wanted = panel_seats(dispute.round);
    const Hash256 beacon = needs::beacon_value(state);
    dispute.seed = panel_seed(block.chain_id, dispute.id, dispute.draws, beacon);
    const auto jurors = needs::draw_jurors(state, {.seed = dispute.seed,
                                                   .seats = wanted,
                                                   .lock = seat_lock(dispute.terms),
                                                   .excluded = excluded_from(state, dispute)});
    CHECK(jurors.size() <= wanted);
    note_draw(state, dispute,
              {.beacon = beacon,
               .seed = dispute.seed,
               .height = block.height,
               .time_s = block.time_s,
               .epoch = needs::current_epoch(state),
               .eligible = needs::eligible_stake(state),
               .found = static_cast<std::uint8_t>(jurors.size()),
               .round = dispute.round});
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
    const auto ruling = ruling_of(tally, panel_seats(dispute.round));
    if (!ruling) announce_failure(state, dispute);
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
