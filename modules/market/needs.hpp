// Owns what the market needs from other modules; modules/wiring defines these functions.
#pragma once

#include <cstdint>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"

namespace assay::market::needs {

// An accepted submission's order fee was split and `burned` of it destroyed: rewards attribute
// their mint to it. Called once a submission, after all its records are written.
void order_fee_burned(State& state, const BlockEnv& block, std::uint64_t order,
                      std::uint64_t submission, const Address& contributor, const Address& buyer,
                      Amount burned);

// Fraud was proven after acceptance: whatever was minted for the submission and is not yet released
// is burned, and datasets that it is in stop to count it.
void claw_back_rewards(State& state, const BlockEnv& block, std::uint64_t submission);

// The beacon's value of the block being executed: unknown before the block was made.
Hash256 beacon_value(const State& state);

}  // namespace assay::market::needs
