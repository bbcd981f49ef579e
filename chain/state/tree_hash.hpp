// Owns the hash rule of the state tree (ICS-23 SMT spec): leaves, inner nodes, whole subtrees.
#pragma once

#include <span>

#include "chain/crypto/hash.hpp"

namespace assay {

// A record's place in the tree: SHA256(key), read from its most significant bit down.
using TreePath = Hash256;

inline constexpr std::size_t kPathBits = 256;
// The hash of a subtree without leaves, and so the root of an empty state.
inline constexpr Hash256 kEmptyTree{};

struct Leaf {
    TreePath path;
    Hash256 hash;
    friend bool operator==(const Leaf&, const Leaf&) = default;
};

// What a parent needs of a subtree: its hash depends on nothing but the leaves in it.
struct Subtree {
    Hash256 hash;
    std::uint64_t count = 0;  // leaves
};

inline bool path_bit(const TreePath& path, std::size_t index) {
    return ((path.bytes[index / 8] >> (7 - index % 8)) & 1U) != 0;
}

inline TreePath path_of(ByteView key) {
    return sha256(key);
}
// The value as the tree commits to it: an empty record as one zero byte, for the spec has no leaf
// without a value.
ByteView committed_value(ByteView value);
// SHA256(0x00 | path | SHA256(committed value)).
Hash256 leaf_hash(const TreePath& path, ByteView value);
// SHA256(0x01 | left | right).
Hash256 inner_hash(const Hash256& left, const Hash256& right);
// The parent of two subtrees. A subtree of one leaf is that leaf, at whatever depth.
Subtree parent_of(const Subtree& left, const Subtree& right);
// The subtree at `depth` of leaves that share their first `depth` bits, sorted by path.
Subtree subtree_of(std::span<const Leaf> leaves, std::size_t depth);
// Where the leaves whose bit `depth` is one begin.
std::size_t split_at(std::span<const Leaf> leaves, std::size_t depth);

}  // namespace assay
