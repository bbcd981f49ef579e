// Owns the upper part of the state tree in memory: hashed nodes above buckets of a few leaves.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <vector>

#include "chain/state/tree_hash.hpp"

namespace assay {

inline constexpr std::size_t kBucketLeaves = 8;  // a bucket with more is split
inline constexpr std::size_t kMergeLeaves = 4;   // a node with no more becomes a bucket
inline constexpr std::size_t kUpperDepth = 48;   // a bucket here is never split
// Nodes at every fourth depth leave their earlier hash in TreeUndo; those between are recomputed.
inline constexpr std::size_t kUndoStride = 4;

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kRootNode = 0;

struct TreeNode {
    Hash256 hash;
    std::uint32_t count = 0;  // leaves below
    NodeIndex children = 0;   // the left one, the right one follows; 0 for a bucket
    bool is_bucket() const { return children == 0; }
};

// A leaf that a block sets or erases.
struct LeafChange {
    Leaf leaf;
    bool erased = false;
};

// The leaves of a bucket come from disk or a cache.
class LeafSource {
  public:
    virtual ~LeafSource() = default;
    // Appends the leaves, sorted, whose paths share their first `depth` bits with `path`: those
    // that `expected` counts and hashes.
    virtual void read_bucket(NodeIndex bucket, const TreePath& path, std::size_t depth,
                             const Subtree& expected, std::vector<Leaf>& out) = 0;
};

// The hashes that inner nodes had before a block. A node that was none then has no hash: its
// leaves are few enough to be read.
struct TreeUndo {
    struct Entry {
        std::uint64_t prefix = 0;  // the first bits of the paths below, as a number
        Hash256 hash;
        std::uint32_t count = 0;  // 0: no inner node before the block
    };
    std::array<std::vector<Entry>, kUpperDepth / kUndoStride + 1> levels;  // each sorted by prefix

    // nullptr where the block left the node as it was.
    const Entry* find(const TreePath& path, std::size_t depth) const;
};

// What a block does to the upper tree; computed aside, applied at once.
struct TreeUpdate {
    struct Bucket {
        NodeIndex node = 0;
        std::size_t first = 0;  // in `leaves`
        std::size_t count = 0;
    };
    Subtree root;
    std::vector<std::pair<NodeIndex, TreeNode>> nodes;
    std::size_t pairs_taken = 0;
    std::vector<NodeIndex> pairs_freed;
    std::vector<Bucket> buckets;  // every bucket that changed, with its leaves
    std::vector<Leaf> leaves;
    TreeUndo undo;
};

// One writer; others may read while the writer plans, not while it applies or rebuilds.
class UpperTree {
  public:
    UpperTree();
    using NextLeaf = std::function<bool(Leaf&)>;
    using OnBucket = std::function<void(NodeIndex, std::span<const Leaf>)>;
    // `next_leaf` yields leaves in path order and false after the last; `on_bucket` is told every
    // bucket made of them.
    void rebuild(const NextLeaf& next_leaf, const OnBucket& on_bucket);
    // `changes` are sorted by path, one a path.
    TreeUpdate plan(std::span<const LeafChange> changes, LeafSource& source) const;
    void apply(const TreeUpdate& update);

    // The bucket that a leaf at `path` is in, or would be.
    NodeIndex bucket_of(const TreePath& path) const;

    Subtree root() const { return subtree(kRootNode); }
    const TreeNode& node(NodeIndex index) const {
        return chunks_[index / kChunkNodes][index % kChunkNodes];
    }
    Subtree subtree(NodeIndex index) const {
        const TreeNode& at = node(index);
        return {at.hash, at.count};
    }
    std::size_t memory_bytes() const { return chunks_.size() * kChunkNodes * sizeof(TreeNode); }

  private:
    friend class TreePlanner;
    friend class TreeBuilder;
    static constexpr std::size_t kChunkNodes = 4096;

    TreeNode& mutable_node(NodeIndex index) {
        return chunks_[index / kChunkNodes][index % kChunkNodes];
    }
    void grow_to(std::size_t nodes);
    // The `nth` pair that the next update may take.
    NodeIndex free_pair(std::size_t nth) const;
    void take_pairs(std::size_t count);

    std::vector<std::unique_ptr<TreeNode[]>> chunks_;
    std::vector<NodeIndex> free_pairs_;
    NodeIndex fresh_ = 2;  // first node never used; pairs are aligned, node 1 stays unused
};

}  // namespace assay
