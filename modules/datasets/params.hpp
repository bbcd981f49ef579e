// Owns the limits of datasets: what bounds every loop and every number of theirs.
#pragma once

#include <cstddef>
#include <cstdint>

#include "chain/types/amount.hpp"

namespace assay::datasets {

inline constexpr std::size_t kMaxUriBytes = 256;
inline constexpr std::size_t kMaxSources = 256;             // submissions of one dataset
inline constexpr std::size_t kMaxDatasetsOfSubmission = 8;  // so that a fraud proof stays cheap
inline constexpr std::size_t kMaxParents = 8;
inline constexpr std::size_t kMaxReceivers = 16;            // ancestors that one sale pays
inline constexpr std::uint64_t kMaxTerm_s = 3'155'760'000;  // a hundred years
// A million tokens. 2^48 sales at this price would fill a running sum of 128 bits.
inline constexpr Amount kMaxPrice = Amount::from_raw(static_cast<u128>(1'000'000) * kTokenUnits);

}  // namespace assay::datasets
