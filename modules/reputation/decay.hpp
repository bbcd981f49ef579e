// Owns the decay of scores: half in 90 steps, from a table of integers.
#pragma once

#include <array>
#include <cstdint>

namespace assay::reputation {

inline constexpr std::uint64_t kHalfLifeSteps = 90;

// kDecay[d] = floor(2^32 * 2^(-d/90)), the largest t with t^90 <= 2^(2880 - d); a test finds each
// of them again so.
extern const std::array<std::uint64_t, kHalfLifeSteps> kDecay;

// What is left of `score` (at most 10^6) after so many steps, rounded down. Never more than the
// exact value, and less by under 1.001: a step rounds at most that, and 90 steps halve exactly.
// Taken in parts it is never more than taken at once.
std::uint32_t decayed(std::uint32_t score, std::uint64_t steps);
// The same rounded up, never less than the exact value: for what counts against its owner.
std::uint32_t decayed_up(std::uint32_t score, std::uint64_t steps);

}  // namespace assay::reputation
