// Owns counting: what stake says of a proposal, and what follows from it.
#pragma once

#include "chain/state/state.hpp"
#include "modules/governance/objects.hpp"

namespace assay::governance {

// As things stand: one step a validator of the set.
Tally count_votes(const State& state, std::uint64_t proposal);

struct Decision {
    Status status{};  // rejected, vetoed or timelock
    bool burns_deposit = false;
};
Decision decide(const Tally& tally, const Terms& terms);

}  // namespace assay::governance
