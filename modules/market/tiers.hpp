// Owns the tiers of submissions: how many of them are looked at, and what stands behind each.
#pragma once

#include "modules/market/objects.hpp"

namespace assay::market {

inline constexpr std::uint8_t kTopTier = 4;  // T0..T4

// T0 is Params::audit_share_ppm and contributor_bond_ppm; the others are Params::tiers.
TierTerms tier_terms(const Params& terms, std::uint8_t tier);

// What stands behind `value` of work at a tier. Rounded up, so never zero.
Amount tier_bond(Amount value, const Params& terms, std::uint8_t tier);

// The share of submissions of this one's tier that the beacon draws for an audit, in ppm.
std::uint32_t audit_share_ppm(const Order& order, const Submission& submission);

// lambda of sampling.hpp at a tier: T0's times T0's audit share over the tier's, rounded up. As P2
// holds for T0, the tier's audit share times this is at least 2.
std::uint64_t defect_weight_ppm(const Params& terms, std::uint8_t tier);

}  // namespace assay::market
