// Owns what the market's deadlines cost, in gas. The message that leads to one pays for it ahead,
// as part of its own price; bench_gas measures both.
#pragma once

#include <cstdint>

namespace assay::market {

inline constexpr std::uint64_t kOrderClosesGas = 15'000;
inline constexpr std::uint64_t kPolicyDrawsGas = 10'000;
inline constexpr std::uint64_t kRevealEndsGas = 60'000;
inline constexpr std::uint64_t kVerdictDueGas = 55'000;  // of a place in a batch
inline constexpr std::uint64_t kWindowEndsGas = 40'000;
inline constexpr std::uint64_t kHoldbackEndsGas = 20'000;
inline constexpr std::uint64_t kOpeningEndsGas = 35'000;
inline constexpr std::uint64_t kGradeSeatGas = 88'000;  // of an audit: drawn, counted, judged

}  // namespace assay::market
