// Owns the end of an epoch: what it mints and for whom, and the beginning of the next.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/rewards/objects.hpp"

namespace assay::rewards {

// What one epoch mints; rounding and the part of E that no burned fee justifies are not minted.
struct Mint {
    Amount emission;
    Amount validators;
    Amount contributors;
    Amount jurors;
    Amount treasury;
};
// E = (cap - issued) * rate >> 32; E/4 to validators; work = min(3E/4, mu * burned), split.
Mint mint_of(const Params& terms, Amount issued, Amount burned_fees);
// The part of the work mint, at most mu * burned fees.
Amount work_mint(const Mint& mint);

// Records the epoch under the parameters in force and schedules its end. Needs number and begins_s.
void begin_epoch(State& state, Epoch epoch);
// Deadline epoch_ends. An epoch that a halted chain missed is due at once and ends in its turn.
void on_epoch_ends(State& state, const BlockEnv& block, std::uint64_t number);

}  // namespace assay::rewards
