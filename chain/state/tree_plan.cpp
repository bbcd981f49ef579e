// Computes what a block does to the upper tree: one walk over the changed paths, buckets first.
#include "chain/state/upper_tree.hpp"

namespace assay {

namespace {

std::uint64_t prefix_of(const TreePath& path, std::size_t depth) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i) bits = bits << 8U | path.bytes[i];
    return depth == 0 ? 0 : bits >> (64 - depth);
}

std::size_t split_changes(std::span<const LeafChange> changes, std::size_t depth) {
    const auto first_one = std::partition_point(
        changes.begin(), changes.end(),
        [depth](const LeafChange& change) { return !path_bit(change.leaf.path, depth); });
    return static_cast<std::size_t>(first_one - changes.begin());
}

TreeNode node_of(const Subtree& subtree, NodeIndex children) {
    return {subtree.hash, static_cast<std::uint32_t>(subtree.count), children};
}

}  // namespace

class TreePlanner {
  public:
    TreePlanner(const UpperTree& tree, LeafSource& source, TreeUpdate& out)
        : tree_(tree), source_(source), out_(out) {}

    Subtree visit(NodeIndex index, std::size_t depth, std::span<const LeafChange> changes) {
        const TreeNode before = tree_.node(index);
        if (before.is_bucket()) {
            const std::size_t first = merge(index, before, depth, changes);
            return place(index, depth, first, out_.leaves.size() - first);
        }
        const std::size_t middle = split_changes(changes, depth);
        const NodeIndex left = before.children;
        const Subtree left_after =
            middle == 0 ? tree_.subtree(left) : visit(left, depth + 1, changes.first(middle));
        const Subtree right_after = middle == changes.size()
                                        ? tree_.subtree(left + 1)
                                        : visit(left + 1, depth + 1, changes.subspan(middle));
        const Subtree after = parent_of(left_after, right_after);
        remember(changes.front().leaf.path, depth, {0, before.hash, before.count});
        if (after.count > kMergeLeaves) {
            out_.nodes.emplace_back(index, node_of(after, before.children));
        } else {
            out_.nodes.emplace_back(index, node_of(after, 0));
            out_.pairs_freed.push_back(before.children);
        }
        return after;
    }

  private:
    // Appends the bucket's leaves after the changes to out_.leaves; returns where they begin.
    std::size_t merge(NodeIndex index, const TreeNode& bucket, std::size_t depth,
                      std::span<const LeafChange> changes) {
        before_.clear();
        if (bucket.count != 0)
            source_.read_bucket(index, changes.front().leaf.path, depth,
                                {bucket.hash, bucket.count}, before_);
        const std::size_t first = out_.leaves.size();
        std::size_t old = 0;
        for (const auto& change : changes) {
            while (old < before_.size() && before_[old].path < change.leaf.path)
                out_.leaves.push_back(before_[old++]);
            if (old < before_.size() && before_[old].path == change.leaf.path) ++old;
            if (!change.erased) out_.leaves.push_back(change.leaf);
        }
        while (old < before_.size()) out_.leaves.push_back(before_[old++]);
        return first;
    }
    // Makes the node a bucket of these leaves, or as many buckets as they need.
    Subtree place(NodeIndex index, std::size_t depth, std::size_t first, std::size_t count) {
        const std::span<const Leaf> leaves(out_.leaves.data() + first, count);
        if (count <= kBucketLeaves || depth == kUpperDepth) {
            const Subtree after = subtree_of(leaves, depth);
            out_.nodes.emplace_back(index, node_of(after, 0));
            out_.buckets.push_back({index, first, count});
            return after;
        }
        const NodeIndex children = tree_.free_pair(out_.pairs_taken++);
        const std::size_t middle = split_at(leaves, depth);
        const Subtree left = place(children, depth + 1, first, middle);
        const Subtree right = place(children + 1, depth + 1, first + middle, count - middle);
        const Subtree after = parent_of(left, right);
        remember(leaves.front().path, depth, {});
        out_.nodes.emplace_back(index, node_of(after, children));
        return after;
    }
    void remember(const TreePath& path, std::size_t depth, TreeUndo::Entry entry) {
        if (depth % kUndoStride != 0) return;
        entry.prefix = prefix_of(path, depth);
        out_.undo.levels[depth / kUndoStride].push_back(entry);
    }

    const UpperTree& tree_;
    LeafSource& source_;
    TreeUpdate& out_;
    std::vector<Leaf> before_;
};

const TreeUndo::Entry* TreeUndo::find(const TreePath& path, std::size_t depth) const {
    const auto& level = levels[depth / kUndoStride];
    const std::uint64_t prefix = prefix_of(path, depth);
    const auto it =
        std::lower_bound(level.begin(), level.end(), prefix,
                         [](const Entry& entry, std::uint64_t p) { return entry.prefix < p; });
    return it != level.end() && it->prefix == prefix ? &*it : nullptr;
}

TreeUpdate UpperTree::plan(std::span<const LeafChange> changes, LeafSource& source) const {
    TreeUpdate out;
    if (changes.empty()) {
        out.root = root();
        return out;
    }
    out.nodes.reserve(changes.size() * 8);
    out.leaves.reserve(changes.size() * kBucketLeaves);
    out.buckets.reserve(changes.size());
    out.root = TreePlanner(*this, source, out).visit(kRootNode, 0, changes);
    return out;
}

}  // namespace assay
