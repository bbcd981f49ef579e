// Owns the rules about jurors that hold after every block.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::jurors {

// Invariant 5: locks within stake, totals and the pool equal to the sum of the records.
void check_stakes(const State& state, const StateReader& whole,
                  std::vector<InvariantFailure>& failures);
// Invariant 6: every node is the sum of its children, every leaf its juror's weight.
void check_tree(const State& state, const StateReader& whole,
                std::vector<InvariantFailure>& failures);
// Invariant 7: every unbonding entry waits for its deadline.
void check_unbondings(const State& state, const StateReader& whole,
                      std::vector<InvariantFailure>& failures);

}  // namespace assay::jurors
