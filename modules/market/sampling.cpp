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

namespace {

std::uint32_t pay_less(std::uint64_t defects, const SampleBounds& bounds, const Params& terms) {
    const std::uint64_t counted = std::min(defects, bounds.items);
    const std::uint64_t lost =
        (counted * terms.defect_weight_ppm + bounds.items - 1) / bounds.items;
    return lost >= kPpm ? 0 : static_cast<std::uint32_t>(kPpm - lost);
}

}  // namespace

std::uint32_t pay_after_sampling(std::uint64_t defects, std::uint64_t items, const Params& terms) {
    const SampleBounds bounds = sample_bounds(items, terms);
    if (defects <= bounds.forgiven) return kPpm;
    return pay_less(defects - bounds.forgiven, bounds, terms);
}

std::uint32_t pay_after_missing(std::uint64_t missing, std::uint64_t items, const Params& terms) {
    return pay_less(missing, sample_bounds(items, terms), terms);
}

}  // namespace assay::market
