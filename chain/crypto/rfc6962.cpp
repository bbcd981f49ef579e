// RFC 6962 trees; the check of a proof follows RFC 9162, 2.1.3.2.
#include "chain/crypto/rfc6962.hpp"

#include <algorithm>
#include <bit>

#include "chain/crypto/hash.hpp"

namespace assay::rfc6962 {

Hash256 leaf_hash(ByteView data) {
    constexpr std::uint8_t kLeaf[] = {0x00};
    Sha256 hash;
    hash.update(kLeaf);
    hash.update(data);
    return hash.finish();
}

Hash256 inner_hash(const Hash256& left, const Hash256& right) {
    std::array<std::uint8_t, 65> node;
    node[0] = 0x01;
    std::copy(left.begin(), left.end(), node.begin() + 1);
    std::copy(right.begin(), right.end(), node.begin() + 33);
    return sha256(node);
}

Hash256 empty_root() {
    return sha256({});
}

void RootBuilder::add_hash(const Hash256& leaf) {
    Hash256 node = leaf;
    for (std::uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
        node = inner_hash(peaks_.back(), node);
        peaks_.pop_back();
    }
    peaks_.push_back(node);
    ++size_;
}

Hash256 RootBuilder::root() const {
    if (peaks_.empty()) return empty_root();
    Hash256 out = peaks_.back();
    for (auto it = peaks_.rbegin() + 1; it != peaks_.rend(); ++it) out = inner_hash(*it, out);
    return out;
}

Hash256 root_of_hashes(std::span<const Hash256> leaves) {
    RootBuilder builder;
    for (const auto& leaf : leaves) builder.add_hash(leaf);
    return builder.root();
}

Hash256 root_of(std::span<const Bytes> leaves) {
    RootBuilder builder;
    for (const auto& leaf : leaves) builder.add(leaf);
    return builder.root();
}

std::vector<Hash256> inclusion_path(std::span<const Hash256> leaves, std::uint64_t index) {
    CHECK(index < leaves.size());
    std::vector<Hash256> out;
    while (leaves.size() > 1) {
        const std::size_t split = std::bit_floor(leaves.size() - 1);
        const bool left = index < split;
        out.push_back(root_of_hashes(left ? leaves.subspan(split) : leaves.first(split)));
        leaves = left ? leaves.first(split) : leaves.subspan(split);
        if (!left) index -= split;
    }
    std::reverse(out.begin(), out.end());
    return out;
}

bool verify_inclusion(const Hash256& root, const Hash256& leaf, std::uint64_t index,
                      std::uint64_t size, std::span<const Hash256> path) {
    if (index >= size) return false;
    std::uint64_t node = index;
    std::uint64_t last = size - 1;  // the rightmost node of the same level
    Hash256 hash = leaf;
    for (const auto& sibling : path) {
        if (last == 0) return false;
        if ((node & 1) != 0 || node == last) {
            hash = inner_hash(sibling, hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = inner_hash(hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

}  // namespace assay::rfc6962
