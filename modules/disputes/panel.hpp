// Owns the life of a panel: drawn and voting; and how one phase gives way to the next.
#pragma once

#include "chain/exec/deadlines.hpp"
#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/disputes/objects.hpp"

namespace assay::disputes {

Deadline deadline_of(const Dispute& dispute);
// Sets the dispute's phase and its one deadline; the record is written.
void enter_phase(State& state, Dispute& dispute, Phase phase, std::uint64_t deadline_s);
// The phase that runs ends at another time.
void move_deadline(State& state, Dispute& dispute, std::uint64_t deadline_s);
// DeadlineKind::dispute_phase_ends.
void on_phase_ends(State& state, const BlockEnv& block, std::uint64_t dispute);

}  // namespace assay::disputes
