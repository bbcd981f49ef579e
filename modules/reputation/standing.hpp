// Owns reading a score as of now, and the tier that follows.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/reputation/objects.hpp"

namespace assay::reputation {

std::uint64_t step_at(const BlockEnv& block, const Params& params);
// The score of `step` decayed until now; the rest as it is recorded. Empty where nothing is.
Standing standing_of(const State& state, const BlockEnv& block, const Address& account);
// The same of what a buyer gave; empty where a fraud came after it.
Counterparty counterparty_of(const State& state, const BlockEnv& block, const Pair& pair);
// What burned fees earn before any cap, rounded down.
std::uint32_t points_of(Amount burned, const Params& params);
// The highest tier whose rule, and with it every rule below, is met.
std::uint8_t tier_for(std::uint32_t score_ppm, std::uint32_t buyers, Amount stake,
                      const Params& params);

}  // namespace assay::reputation
