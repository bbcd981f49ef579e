// The numbers of a tier.
#include "modules/market/tiers.hpp"

namespace assay::market {

TierTerms tier_terms(const Params& terms, std::uint8_t tier) {
    switch (tier) {
        case 0:
            return {.audit_share_ppm = terms.audit_share_ppm,
                    .collateral_ppm = terms.contributor_bond_ppm};
        case 1: return terms.tiers.t1;
        case 2: return terms.tiers.t2;
        case 3: return terms.tiers.t3;
        default: CHECK(tier == kTopTier); return terms.tiers.t4;
    }
}

Amount tier_bond(Amount value, const Params& terms, std::uint8_t tier) {
    return ppm_ceil(value, tier_terms(terms, tier).collateral_ppm);
}

std::uint32_t audit_share_ppm(const Order& order, const Submission& submission) {
    return tier_terms(order.terms, submission.tier).audit_share_ppm;
}

std::uint64_t defect_weight_ppm(const Params& terms, std::uint8_t tier) {
    const std::uint64_t share = tier_terms(terms, tier).audit_share_ppm;
    return (std::uint64_t{terms.defect_weight_ppm} * terms.audit_share_ppm + share - 1) / share;
}

}  // namespace assay::market
