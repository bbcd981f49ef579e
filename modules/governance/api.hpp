// Owns what genesis and other modules may ask of governance; only modules/wiring calls it.
#pragma once

#include "chain/state/state.hpp"
#include "modules/governance/params.hpp"

namespace assay::governance {

// A delegator's shares of a validator changed: its votes there follow.
void shares_changed(State& state, const Address& delegator, const FixedBytes<20>& validator,
                    Amount before, Amount after);

}  // namespace assay::governance
