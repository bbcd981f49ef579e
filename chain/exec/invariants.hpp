// Owns the rules that hold whatever the modules do, and the run over all invariants of a chain.
#pragma once

#include "chain/exec/registry.hpp"

namespace assay {

// Invariant 1: genesis + minted - burned = the sum of all balances, each pool by its name; nothing
// rests at a module's address or at a reserved one that is no pool.
void check_supply(const State& state, const StateReader& whole,
                  std::vector<InvariantFailure>& failures);

// The chain's own rules and every module's, over the state with its pending writes.
std::vector<InvariantFailure> check_invariants(const Registry& registry, const State& state);

}  // namespace assay
