// Storage of the upper tree and its reconstruction from leaves in path order.
#include "chain/state/upper_tree.hpp"

#include <deque>

namespace assay {

// Builds nodes from a stream of leaves with a look-ahead one longer than a bucket: enough to tell
// whether a prefix holds more leaves than a bucket may.
class TreeBuilder {
  public:
    TreeBuilder(UpperTree& tree, const UpperTree::NextLeaf& next_leaf,
                const UpperTree::OnBucket& on_bucket)
        : tree_(tree), next_leaf_(next_leaf), on_bucket_(on_bucket) {}

    void build_root() {
        fill();
        build(kRootNode, TreePath{}, 0);
        CHECK(ahead_.empty());  // the source was not in path order
    }

  private:
    void fill() {
        Leaf leaf;
        while (!ended_ && ahead_.size() <= kBucketLeaves) {
            if (next_leaf_(leaf))
                ahead_.push_back(leaf);
            else
                ended_ = true;
        }
    }
    bool within(const Leaf& leaf, const TreePath& prefix, std::size_t depth) const {
        for (std::size_t i = 0; i < depth / 8; ++i)
            if (leaf.path.bytes[i] != prefix.bytes[i]) return false;
        const unsigned rest = depth % 8;
        return rest == 0 ||
               (leaf.path.bytes[depth / 8] ^ prefix.bytes[depth / 8]) >> (8 - rest) == 0;
    }
    void build_bucket(NodeIndex index, const TreePath& prefix, std::size_t depth) {
        bucket_.clear();
        while (!ahead_.empty() && within(ahead_.front(), prefix, depth)) {
            bucket_.push_back(ahead_.front());
            ahead_.pop_front();
            fill();
        }
        const Subtree out = subtree_of(bucket_, depth);
        tree_.mutable_node(index) = {out.hash, static_cast<std::uint32_t>(out.count), 0};
        on_bucket_(index, bucket_);
    }
    void build(NodeIndex index, const TreePath& prefix, std::size_t depth) {
        const bool fits =
            ahead_.size() <= kBucketLeaves || !within(ahead_[kBucketLeaves], prefix, depth);
        if (fits || depth == kUpperDepth) return build_bucket(index, prefix, depth);
        const NodeIndex children = tree_.free_pair(0);
        tree_.take_pairs(1);
        build(children, prefix, depth + 1);
        TreePath right = prefix;
        right.bytes[depth / 8] |= static_cast<std::uint8_t>(0x80U >> depth % 8);
        build(children + 1, right, depth + 1);
        const Subtree out = parent_of(tree_.subtree(children), tree_.subtree(children + 1));
        tree_.mutable_node(index) = {out.hash, static_cast<std::uint32_t>(out.count), children};
    }

    UpperTree& tree_;
    const UpperTree::NextLeaf& next_leaf_;
    const UpperTree::OnBucket& on_bucket_;
    std::deque<Leaf> ahead_;
    std::vector<Leaf> bucket_;
    bool ended_ = false;
};

UpperTree::UpperTree() {
    grow_to(2);
}

void UpperTree::rebuild(const NextLeaf& next_leaf, const OnBucket& on_bucket) {
    *this = UpperTree();
    TreeBuilder(*this, next_leaf, on_bucket).build_root();
}

void UpperTree::apply(const TreeUpdate& update) {
    take_pairs(update.pairs_taken);
    for (const auto& [index, node] : update.nodes) mutable_node(index) = node;
    free_pairs_.insert(free_pairs_.end(), update.pairs_freed.begin(), update.pairs_freed.end());
}

NodeIndex UpperTree::bucket_of(const TreePath& path) const {
    NodeIndex index = kRootNode;
    for (std::size_t depth = 0; !node(index).is_bucket(); ++depth)
        index = node(index).children + (path_bit(path, depth) ? 1 : 0);
    return index;
}

void UpperTree::grow_to(std::size_t nodes) {
    while (chunks_.size() * kChunkNodes < nodes)
        chunks_.push_back(std::make_unique<TreeNode[]>(kChunkNodes));
}

NodeIndex UpperTree::free_pair(std::size_t nth) const {
    if (nth < free_pairs_.size()) return free_pairs_[free_pairs_.size() - 1 - nth];
    return static_cast<NodeIndex>(fresh_ + 2 * (nth - free_pairs_.size()));
}

void UpperTree::take_pairs(std::size_t count) {
    const std::size_t reused = std::min(count, free_pairs_.size());
    free_pairs_.resize(free_pairs_.size() - reused);
    fresh_ += static_cast<NodeIndex>(2 * (count - reused));
    grow_to(fresh_);
}

}  // namespace assay
