// Owns the last chapter of the demo: what an epoch mints for accepted work, and claiming it.
#pragma once

#include "cli/demo/contributor.hpp"

namespace assay::cli {

// Waits for the end of the epoch in which the work was accepted, then claims what vested.
Outcome<void> claim_rewards(const Chain& chain, Narrator& narrator, const Contributor& worker);

}  // namespace assay::cli
