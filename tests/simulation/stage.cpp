// The choice of a stage.
#include "tests/simulation/chain_stage.hpp"
#include "tests/simulation/small_stage.hpp"

namespace assay::simulation {

std::unique_ptr<Stage> make_stage(AppKind kind, const Plan& plan) {
    if (kind == AppKind::chain) return std::make_unique<ChainStage>(plan);
    return std::make_unique<SmallStage>(plan);
}

}  // namespace assay::simulation
