// Owns the money of a dispute that is ruled: bonds, the juries' fees, and the market's resolution.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/disputes/objects.hpp"

namespace assay::disputes {

// dispute.ruling is final: divides the bonds, resolves the submission, judges the first round's
// seats, and the other rounds' a second later each.
void rule(State& state, const BlockEnv& block, Dispute& dispute);
// Judges the seats of the next round, against the final ruling; RULED after the last.
void settle_next_round(State& state, const BlockEnv& block, Dispute& dispute);

}  // namespace assay::disputes
