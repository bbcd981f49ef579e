// Owns what the rest of the chain may ask of minting; only modules/wiring calls it.
#pragma once

#include <cstdint>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"

namespace assay::rewards {

// The number of the epoch that runs; never falls.
std::uint64_t current_epoch(const State& state);

// `burned` of an accepted submission's order fee was destroyed: the submission shares in what the
// present epoch mints. Once a submission; nothing burned gives no grant.
struct BurnedFee {
    std::uint64_t order = 0;
    std::uint64_t submission = 0;
    Address contributor;
    Amount burned;
};
void fee_burned(State& state, const BurnedFee& fee);

// Burns what was granted to the submission and is not released. While its epoch runs, nothing was
// minted yet: then its burned fee stops counting. Does nothing where there is no grant.
void claw_back(State& state, std::uint64_t submission);

}  // namespace assay::rewards
