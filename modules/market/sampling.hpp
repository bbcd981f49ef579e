// Owns payment after sampling: what defects among looked-at items do to a submission's pay.
#pragma once

#include "modules/market/params.hpp"

namespace assay::market {

// The numbers of Params for a submission of `items` items: a small one is looked at as a whole, and
// its bounds shrink with it.
struct SampleBounds {
    std::uint64_t items = 0;     // k: of which a defect is one
    std::uint64_t forgiven = 0;  // c0: defects that cost nothing
    std::uint64_t rejected = 0;  // c_r: defects that cost everything; at least 1
};
BOOST_DESCRIBE_STRUCT(SampleBounds, (), (items, forgiven, rejected))

SampleBounds sample_bounds(std::uint64_t items, const Params& terms);

// True where that many defects reject and slash.
bool is_rejected_by(std::uint64_t defects, std::uint64_t items, const Params& terms);

// The same of a sample whose numbers the order names.
std::uint32_t pay_for_sample(std::uint64_t defects, const SampleBounds& sample,
                             std::uint64_t weight_ppm);

// 10^6 - min(10^6, lambda * max(0, d - c0) * 10^6 / k), in ppm of the value; the loss rounds up.
std::uint32_t pay_after_sampling(std::uint64_t defects, std::uint64_t items, const Params& terms);
// The same at the lambda of a tier (tiers.hpp).
std::uint32_t pay_after_sampling(std::uint64_t defects, std::uint64_t items, const Params& terms,
                                 std::uint64_t weight_ppm);
// The same of items that were claimed and not shown. None is forgiven: who has made an item can
// show it, so that no mistake is among them.
std::uint32_t pay_after_missing(std::uint64_t missing, std::uint64_t items, const Params& terms,
                                std::uint64_t weight_ppm);

}  // namespace assay::market
