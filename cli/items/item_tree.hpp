// Owns the submission tree of a data set: its root in constant memory, and proofs of single items.
#pragma once

#include <vector>

#include "cli/items/work_source.hpp"
#include "modules/market/leaf.hpp"

namespace assay::cli {

// Hides what an item is until it is opened: salt i is the first 32 bytes of
// HMAC-SHA512(secret, index as 8 big-endian bytes).
using SaltSecret = FixedBytes<32>;
Hash256 item_salt(const SaltSecret& secret, std::uint64_t index);

// The leaf that binds one piece of work.
market::Leaf leaf_of(std::uint64_t index, const Work& work, const Hash256& salt);

struct ItemTree {
    Hash256 root;
    std::uint64_t count = 0;
};

// Called with every leaf as it is made, and the work it binds.
using LeafSink = std::function<Result<void>(const market::Leaf& leaf, const Work& work)>;

// Refuses an empty data set.
Result<ItemTree> hash_items(const WorkSource& source, const SaltSecret& secret,
                            const ItemProgress& progress = {}, const LeafSink& on_leaf = {});

struct ItemProof {
    market::Leaf leaf;
    Hash256 salt;
    Bytes payload;
    std::vector<Hash256> path;  // siblings from the leaf upwards
};

inline constexpr std::size_t kMaxProofs = 1'000;

// Reads the data set twice, once for its size and once for the path, in constant memory beside the
// proofs. Refuses an index that is not below the count, and more than kMaxProofs of them.
Result<std::vector<ItemProof>> prove_items(const WorkSource& source, const SaltSecret& secret,
                                           const std::vector<std::uint64_t>& indices,
                                           ItemTree& tree, const ItemProgress& progress = {});

}  // namespace assay::cli
