// The formula of payment after sampling.
#include "modules/market/sampling.hpp"

#include <algorithm>

namespace assay::market {

SampleBounds sample_bounds(std::uint64_t items, const Params& terms) {
    const std::uint64_t sample = terms.sample_items;
    const std::uint64_t k = std::min(items, sample);
    return {.items = k,
            .forgiven = terms.defects_forgiven * k / sample,
            .rejected = (terms.defects_rejected * k + sample - 1) / sample};
}

bool is_rejected_by(std::uint64_t defects, std::uint64_t items, const Params& terms) {
    return defects >= sample_bounds(items, terms).rejected;
}

std::uint32_t pay_for_sample(std::uint64_t defects, const SampleBounds& bounds,
                             std::uint64_t weight_ppm) {
    if (defects <= bounds.forgiven) return kPpm;
    const std::uint64_t counted = std::min(defects - bounds.forgiven, bounds.items);
    const std::uint64_t lost = (counted * weight_ppm + bounds.items - 1) / bounds.items;
    return lost >= kPpm ? 0 : static_cast<std::uint32_t>(kPpm - lost);
}

std::uint32_t pay_after_sampling(std::uint64_t defects, std::uint64_t items, const Params& terms) {
    return pay_after_sampling(defects, items, terms, terms.defect_weight_ppm);
}

std::uint32_t pay_after_sampling(std::uint64_t defects, std::uint64_t items, const Params& terms,
                                 std::uint64_t weight_ppm) {
    return pay_for_sample(defects, sample_bounds(items, terms), weight_ppm);
}

}  // namespace assay::market
