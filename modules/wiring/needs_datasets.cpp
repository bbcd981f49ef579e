// What datasets need: the market's submissions.
#include "modules/datasets/needs.hpp"
#include "modules/market/api.hpp"

namespace assay::datasets::needs {

std::optional<Work> work_of(const State& state, std::uint64_t submission) {
    const auto work = market::work_of(state, submission);
    if (!work) return std::nullopt;
    return Work{.contributor = work->contributor,
                .buyer = work->buyer,
                .items = work->items,
                .root = work->root,
                .stands = work->stands};
}

}  // namespace assay::datasets::needs
