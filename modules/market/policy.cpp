// The policies there are.
#include "modules/market/policy.hpp"

namespace assay::market {

namespace {

// Good unless somebody shows otherwise inside the window.
class Optimistic final : public QualityPolicy {
  public:
    std::uint32_t earned_ppm(const State&, const Order&, const Submission&) const override {
        return kPpm;
    }
};

const Optimistic kOptimistic;

}  // namespace

const QualityPolicy* find_policy(Policy policy) {
    return policy == Policy::optimistic ? &kOptimistic : nullptr;
}

}  // namespace assay::market
