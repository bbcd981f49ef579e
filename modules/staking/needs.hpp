// Owns what staking needs from other modules; modules/wiring defines these functions.
#pragma once

#include "chain/state/state.hpp"
#include "modules/staking/objects.hpp"

namespace assay::staking::needs {

// A delegation has other shares than before; called once for each change that is stored.
void shares_changed(State& state, const DelegationKey& where, Amount before, Amount after);

}  // namespace assay::staking::needs
