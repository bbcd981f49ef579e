// Hashing follows the one spec that published ICS-23 verifiers know for sparse trees.
#include "chain/state/tree_hash.hpp"

namespace assay {

namespace {

Hash256 tagged_pair(std::uint8_t tag, const Hash256& first, const Hash256& second) {
    std::array<std::uint8_t, 65> preimage;
    preimage[0] = tag;
    std::memcpy(preimage.data() + 1, first.data(), 32);
    std::memcpy(preimage.data() + 33, second.data(), 32);
    return sha256(preimage);
}

}  // namespace

ByteView committed_value(ByteView value) {
    static constexpr std::array<std::uint8_t, 1> kEmptyRecord{0};
    return value.empty() ? ByteView(kEmptyRecord) : value;
}

Hash256 leaf_hash(const TreePath& path, ByteView value) {
    return tagged_pair(0x00, path, sha256(committed_value(value)));
}

Hash256 inner_hash(const Hash256& left, const Hash256& right) {
    return tagged_pair(0x01, left, right);
}

Subtree parent_of(const Subtree& left, const Subtree& right) {
    const std::uint64_t count = left.count + right.count;
    if (count == 0) return {};
    if (count == 1) return left.count == 1 ? left : right;
    return {inner_hash(left.hash, right.hash), count};
}

Subtree subtree_of(std::span<const Leaf> leaves, std::size_t depth) {
    if (leaves.empty()) return {};
    if (leaves.size() == 1) return {leaves.front().hash, 1};
    CHECK(depth < kPathBits);
    const std::size_t middle = split_at(leaves, depth);
    return parent_of(subtree_of(leaves.first(middle), depth + 1),
                     subtree_of(leaves.subspan(middle), depth + 1));
}

std::size_t split_at(std::span<const Leaf> leaves, std::size_t depth) {
    const auto first_one =
        std::partition_point(leaves.begin(), leaves.end(),
                             [depth](const Leaf& leaf) { return !path_bit(leaf.path, depth); });
    return static_cast<std::size_t>(first_one - leaves.begin());
}

}  // namespace assay
