// Owns the rules about reputation that hold after every block.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::reputation {

// A score is at most what the buyers gave that still count, each of them at most the full score;
// and the buyers that count are counted.
void check_scores(const State& state, const StateReader& whole,
                  std::vector<InvariantFailure>& failures);

}  // namespace assay::reputation
