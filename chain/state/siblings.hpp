// Owns finding the hashes beside a path in the tree as it was at an earlier height.
#pragma once

#include "chain/state/snapshot_reader.hpp"
#include "chain/state/upper_tree.hpp"

namespace assay {

// What the upper tree knows now of the nodes beside a path. Gathered while the tree stands still
// (it is short), resolved at leisure.
struct SiblingPlan {
    enum class Kind : std::uint8_t {
        current,   // the newest height is asked for: `now` is the answer
        scanned,   // a bucket: its leaves are read
        recorded,  // a node whose earlier hashes are kept; `now` if it never changed since
        combined,  // the parent of the two nodes that follow
    };
    struct Node {
        TreePath path;  // of any leaf below
        std::size_t depth = 0;
        Kind kind = Kind::current;
        Subtree now;
    };
    std::vector<Node> nodes;       // per depth from the root down, each in pre-order
    std::size_t bucket_depth = 0;  // where the path's own bucket is
};

SiblingPlan plan_siblings(const UpperTree& tree, const TreePath& path, bool newest);

// The siblings of the path's leaf from the root down, for a leaf that is in the tree at the
// snapshot's height. `undos` are those of the heights after it, oldest first.
std::vector<Hash256> resolve_siblings(const SiblingPlan& plan, const TreePath& path,
                                      std::span<const std::shared_ptr<const TreeUndo>> undos,
                                      const Snapshot& snapshot);

}  // namespace assay
