// Owns drawing items by lot: which of many are compared, looked at or opened.
#pragma once

#include <vector>

#include "chain/types/ids.hpp"

namespace assay::market {

// `count` different numbers below `bound`, ascending; all of them where there are no more. Repeats
// for a seed. Floyd's algorithm (Bentley and Floyd, CACM 30(9), 1987): one hash a number,
// SHA-256("assay/items/1" | record encoding of seed, object, counter), its first 16 bytes modulo
// the bound.
std::vector<std::uint64_t> draw_items(const Hash256& seed, std::uint64_t object,
                                      std::uint64_t bound, std::uint64_t count);

}  // namespace assay::market
