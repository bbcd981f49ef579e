// Owns the sum tree over juror slots, whose weights change for draws of the next epoch only.
#pragma once

#include <map>

#include "chain/state/state.hpp"
#include "chain/types/amount.hpp"

namespace assay::jurors {

// Value in epoch E: `after` where E > epoch, else `before`. A change made in epoch E keeps what E
// sees and alters what comes later, so nothing has to be done when an epoch ends.
struct Node {
    std::uint64_t epoch = 0;
    Amount before;
    Amount after;
};
BOOST_DESCRIBE_STRUCT(Node, (), (epoch, before, after))

// Level 0 holds the leaves, one a slot; a node at (level, i) sums (level-1, 2i) and (level-1,
// 2i+1). A node that was never written is zero.
struct NodeKey {
    std::uint8_t level = 0;
    std::uint32_t index = 0;
};
BOOST_DESCRIBE_STRUCT(NodeKey, (), (level, index))

inline constexpr Table<NodeKey, Node> kNodes{ModuleId::jurors, 7};
// The root's level: 2^height leaves.
inline constexpr Table<Only, std::uint8_t> kHeight{ModuleId::jurors, 8};
inline constexpr std::uint8_t kMaxHeight = 20;

namespace sum_tree {

Amount value_of(const Node& node, std::uint64_t epoch);
Amount leaf(const State& state, std::uint64_t epoch, std::uint32_t slot);
Amount total(const State& state, std::uint64_t epoch);
// Sets what the slot weighs from epoch + 1 on; grows the tree so that it has the slot. O(log n).
void set_leaf(State& state, std::uint64_t epoch, std::uint32_t slot, Amount weight);

// Weight taken out of one panel's draw, by slot; at most what the slot weighs.
using Removed = std::map<std::uint32_t, Amount>;
// The slot at `position` of what is left: position < total - sum of `removed`.
std::uint32_t find(const State& state, std::uint64_t epoch, Amount position,
                   const Removed& removed);

}  // namespace sum_tree
}  // namespace assay::jurors
