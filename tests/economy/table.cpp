// Statistics of many runs.
#include "tests/economy/table.hpp"

#include <cmath>

namespace assay::economy {

Verdict play(const Attack& attack, std::uint64_t runs, std::uint64_t first_seed,
             const std::function<void(ModuleParams&)>& loosen) {
    constexpr double kQuantile = 2.5758;  // of the normal distribution, two-sided 99%
    Verdict out{.runs = runs};
    double squares = 0;
    for (std::uint64_t seed = first_seed; seed < first_seed + runs; ++seed) {
        World attacked(seed, loosen);
        World kept(seed, loosen);
        const double gain = attack.attack(attacked);
        const double honest = attack.honest(kept);
        out.attack += gain;
        out.honest += honest;
        squares += (gain - honest) * (gain - honest);
    }
    const auto n = static_cast<double>(runs);
    out.attack /= n;
    out.honest /= n;
    out.mean = out.attack - out.honest;
    const double variance = runs > 1 ? (squares - n * out.mean * out.mean) / (n - 1) : 0;
    out.error = kQuantile * std::sqrt(std::max(0.0, variance) / n);
    return out;
}

}  // namespace assay::economy
