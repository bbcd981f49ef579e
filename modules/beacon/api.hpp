// Owns what the rest of the chain may ask of the beacon; only modules/wiring calls it.
#pragma once

#include "chain/state/state.hpp"
#include "chain/types/ids.hpp"

namespace assay::beacon {

// The value of the block being executed (of the newest block, between blocks): unknown to everybody
// before that block was made.
Hash256 value(const State& state);

}  // namespace assay::beacon
