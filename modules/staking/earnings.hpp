// Owns how the validators' pool reaches its owners: two accumulators and no loop.
#pragma once

#include "chain/state/state.hpp"
#include "modules/staking/objects.hpp"

namespace assay::staking {

// Shares what came into the pool since the last time among the set, by power.
void distribute(State& state);
// Credits a validator with what its power earned: the commission, and the rest to its shares. Due
// before its power, shares or commission rate change.
void credit(Validator& validator, const Totals& totals);
// Credits a delegation with what its shares earned. Due before they change; the validator is
// credited.
void credit(Delegation& delegation, const Validator& validator);

}  // namespace assay::staking
