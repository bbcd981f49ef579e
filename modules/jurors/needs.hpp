// Owns what jurors need from other modules; modules/wiring defines these functions.
#pragma once

#include <cstdint>

#include "chain/state/state.hpp"

namespace assay::jurors::needs {

// The number of the epoch that the block being executed belongs to; never falls.
std::uint64_t current_epoch(const State& state);

}  // namespace assay::jurors::needs
