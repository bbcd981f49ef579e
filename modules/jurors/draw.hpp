// Owns the stream of random positions that a panel is drawn with.
#pragma once

#include <optional>

#include "chain/types/amount.hpp"
#include "chain/types/ids.hpp"

namespace assay::jurors {

// Draws that may meet a juror who cannot sit (or a value that would bias the stream) before a panel
// stays smaller: the bound on the work of one draw.
inline constexpr std::uint64_t kMaxPassedOver = 64;

// The counter-th number of the seed's stream, uniform in [0, bound): the first 16 bytes of
// SHA-256("assay/draw/1" | seed | counter). nullopt, with probability below bound / 2^128, where
// the value falls into the part that would favour small numbers.
std::optional<Amount> uniform_below(const Hash256& seed, std::uint64_t counter, Amount bound);

}  // namespace assay::jurors
