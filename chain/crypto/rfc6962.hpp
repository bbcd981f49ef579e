// Owns the Merkle tree of RFC 6962 over SHA-256: roots, inclusion proofs and their check.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chain/types/ids.hpp"

// Leaves are hashed as 0x00 | data and inner nodes as 0x01 | left | right; n leaves split at the
// largest power of two below n; the empty tree is the SHA-256 of nothing (RFC 6962, 2.1).
namespace assay::rfc6962 {

Hash256 leaf_hash(ByteView data);
Hash256 inner_hash(const Hash256& left, const Hash256& right);
Hash256 empty_root();

// Takes leaves one by one and holds one hash per set bit of their number: O(log n) memory.
class RootBuilder {
  public:
    void add(ByteView data) { add_hash(leaf_hash(data)); }
    void add_hash(const Hash256& leaf);
    std::uint64_t size() const { return size_; }
    // Root of the leaves so far; more may follow.
    Hash256 root() const;

  private:
    std::uint64_t size_ = 0;
    std::vector<Hash256> peaks_;  // roots of the full subtrees, widest first
};

Hash256 root_of_hashes(std::span<const Hash256> leaves);
Hash256 root_of(std::span<const Bytes> leaves);

// Sibling hashes from the leaf upwards. `index` must be below the number of leaves.
std::vector<Hash256> inclusion_path(std::span<const Hash256> leaves, std::uint64_t index);
// True where `path` proves that `leaf` is number `index` of the `size` leaves under `root`.
bool verify_inclusion(const Hash256& root, const Hash256& leaf, std::uint64_t index,
                      std::uint64_t size, std::span<const Hash256> path);

}  // namespace assay::rfc6962
