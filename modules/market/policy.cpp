// The policies there are.
#include "modules/market/policy.hpp"

#include "modules/market/audit.hpp"
#include "modules/market/gold.hpp"
#include "modules/market/redundant.hpp"

namespace assay::market {

namespace {

// Good unless somebody shows otherwise inside the window.
class Optimistic final : public QualityPolicy {};

const Optimistic kOptimistic;
const Gold kGold;
const Redundant kRedundant;
const Audited kAudited;

}  // namespace

const QualityPolicy* find_policy(Policy policy) {
    switch (policy) {
        case Policy::optimistic: return &kOptimistic;
        case Policy::gold: return &kGold;
        case Policy::redundant: return &kRedundant;
        case Policy::audited: return &kAudited;
    }
    return nullptr;
}

}  // namespace assay::market
