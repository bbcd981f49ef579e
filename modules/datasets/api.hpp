// Owns what the rest of the chain may tell datasets; only modules/wiring calls it.
#pragma once

#include <cstdint>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"

namespace assay::datasets {

// Fraud was proven in an accepted submission: in every dataset that it is in (at most
// kMaxDatasetsOfSubmission) it counts for nothing from now on, and what it earned and nobody
// claimed is burned.
void withdraw_submission(State& state, const BlockEnv& block, std::uint64_t submission);

}  // namespace assay::datasets
