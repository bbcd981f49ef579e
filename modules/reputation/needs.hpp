// Owns what reputation needs from other modules; modules/wiring defines these functions.
#pragma once

#include "chain/state/state.hpp"
#include "chain/types/amount.hpp"

namespace assay::reputation::needs {

// What the account has staked as a juror, unbonding stake not included.
Amount stake_of(const State& state, const Address& account);

}  // namespace assay::reputation::needs
