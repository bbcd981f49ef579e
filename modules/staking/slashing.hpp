// Owns what a validator loses: for votes that contradict each other, for absence, for a proof it
// owed.
#pragma once

#include <optional>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/staking/events.hpp"

namespace assay::staking {

// Counts the absences that the last commit shows and punishes the block's misbehaviour.
void begin_block(State& state, const BlockEnv& block);

// Burns a part of the validator's tokens; where `height` is given, also of all buckets that stood
// behind its votes there. Does not store the validator.
void slash(State& state, const BlockEnv& block, Validator& validator, Offence offence,
           std::uint32_t ppm, std::optional<std::uint64_t> height);
// Leaves the ranking until unjailed, which a tombstoned one never is. Does not store the validator.
void jail(State& state, Validator& validator, std::uint64_t until_s, bool tombstone);

}  // namespace assay::staking
