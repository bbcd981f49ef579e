// Owns the interface of quality policies: what a revealed submission earns before anyone objects.
#pragma once

#include "chain/state/state.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

class QualityPolicy {
  public:
    virtual ~QualityPolicy() = default;
    // Share of the submission's value that it earns where nobody challenges it, in ppm (0..10^6).
    // Asked once, when it is accepted.
    virtual std::uint32_t earned_ppm(const State& state, const Order& order,
                                     const Submission& submission) const = 0;
};

// nullptr where the chain does not offer the policy.
const QualityPolicy* find_policy(Policy policy);

}  // namespace assay::market
