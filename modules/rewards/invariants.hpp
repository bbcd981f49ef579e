// Owns the rules about minting that hold after every block.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::rewards {

// Invariant 2: genesis + minted is within the cap; per epoch and per order the work mint is at most
// mu * burned fees, and all epochs together minted what the ledger says.
void check_mint(const State& state, const StateReader& whole,
                std::vector<InvariantFailure>& failures);
// The vesting pool holds what was minted for contributors less what was released and burned; each
// epoch's sums are those of its grants.
void check_vesting(const State& state, const StateReader& whole,
                   std::vector<InvariantFailure>& failures);
// Invariant 7: one epoch runs, its end is in the queue, and epochs follow each other without gaps.
void check_epochs(const State& state, const StateReader& whole,
                  std::vector<InvariantFailure>& failures);

}  // namespace assay::rewards
