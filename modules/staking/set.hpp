// Owns the validator set: who is in it after a block, and what consensus is told.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"

namespace assay::staking {

// Distributes rewards; then, if the ranking moved, takes its first max_validators as the set and
// hands over the differences. Where nobody is left to rank, the set stays as it is.
void end_block(State& state, const BlockEnv& block);

}  // namespace assay::staking
