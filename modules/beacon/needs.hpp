// Owns what the beacon needs from other modules; modules/wiring defines these functions.
#pragma once

#include <optional>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"

namespace assay::beacon::needs {

// The account that speaks for a validator; nullopt where there is no such validator.
std::optional<Address> operator_of(const State& state, const FixedBytes<20>& validator);

// The proposer of this block brought no proof though its key counts, or has no key at all: it owes
// the beacon penalty.
void beacon_missed(State& state, const BlockEnv& block, const FixedBytes<20>& validator);

}  // namespace assay::beacon::needs
