// Owns what datasets need from other modules; modules/wiring defines these functions.
#pragma once

#include <cstdint>
#include <optional>

#include "chain/state/state.hpp"

namespace assay::datasets::needs {

// A submission as a dataset sees it.
struct Work {
    Address contributor;
    Address buyer;  // of its order
    std::uint64_t items = 0;
    Hash256 root;         // of the item tree; zero before it is revealed
    bool stands = false;  // accepted, and no fraud proven since
};
// nullopt where there is no such submission.
std::optional<Work> work_of(const State& state, std::uint64_t submission);

}  // namespace assay::datasets::needs
