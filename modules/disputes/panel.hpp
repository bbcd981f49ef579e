// Owns the life of a panel: drawn, voting, judged; and how one phase gives way to the next.
#pragma once

#include <optional>
#include <vector>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/disputes/objects.hpp"

namespace assay::disputes {

// The seats of one drawing, in order.
std::vector<Seat> panel_of(const State& state, const Dispute& dispute, std::uint8_t draw);

// Sets the dispute's phase and its one deadline; the record is written.
void enter_phase(State& state, Dispute& dispute, Phase phase, std::uint64_t deadline_s);
// Everybody acted: the phase ends with this block.
void end_phase_early(State& state, const BlockEnv& block, Dispute& dispute);
// DeadlineKind::dispute_phase_ends.
void on_phase_ends(State& state, const BlockEnv& block, std::uint64_t dispute);

// Judges every seat: unlocks, penalises, divides the penalties and pays `fee` to each seat that did
// its work, out of the dispute's fees. Returns what the fees came to.
Amount judge_panel(State& state, Dispute& dispute, std::vector<Seat> seats,
                   std::optional<Choice> ruling, Amount fee);

}  // namespace assay::disputes
