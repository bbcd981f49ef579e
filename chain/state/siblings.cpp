// A hash depends only on the leaves below, so a node that no later block touched still has it, a
// touched one left it in the first block's undo, and any other has few leaves at that height: they
// are read from the snapshot.
#include "chain/state/siblings.hpp"

namespace assay {

namespace {

void gather(const UpperTree& tree, NodeIndex index, const TreePath& path, std::size_t depth,
            bool newest, std::vector<SiblingPlan::Node>& out) {
    using Kind = SiblingPlan::Kind;
    const TreeNode& node = tree.node(index);
    Kind kind = Kind::combined;
    if (newest)
        kind = Kind::current;
    else if (node.is_bucket())
        kind = Kind::scanned;
    else if (depth % kUndoStride == 0)
        kind = Kind::recorded;
    out.push_back({path, depth, kind, tree.subtree(index)});
    if (kind != Kind::combined) return;
    TreePath left = lowest_below(path, depth);
    TreePath right = left;
    right.bytes[depth / 8] |= static_cast<std::uint8_t>(0x80U >> depth % 8);
    gather(tree, node.children, left, depth + 1, newest, out);
    gather(tree, node.children + 1, right, depth + 1, newest, out);
}

class Resolver {
  public:
    Resolver(const SiblingPlan& plan, std::span<const std::shared_ptr<const TreeUndo>> undos,
             const Snapshot& snapshot)
        : plan_(plan), undos_(undos), cursor_(snapshot.iterator()) {}

    Subtree next() {
        const SiblingPlan::Node& node = plan_.nodes[at_++];
        switch (node.kind) {
            case SiblingPlan::Kind::current: return node.now;
            case SiblingPlan::Kind::scanned: return scan(node);
            case SiblingPlan::Kind::recorded: return recorded(node);
            case SiblingPlan::Kind::combined: break;
        }
        const Subtree left = next();
        const Subtree right = next();
        return parent_of(left, right);
    }
    bool more() const { return at_ < plan_.nodes.size(); }
    std::vector<Leaf> leaves_below(const TreePath& path, std::size_t depth) {
        std::vector<Leaf> out;
        read_leaves_below(cursor_, path, depth, out);
        return out;
    }

  private:
    Subtree scan(const SiblingPlan::Node& node) {
        return subtree_of(leaves_below(node.path, node.depth), node.depth);
    }
    Subtree recorded(const SiblingPlan::Node& node) {
        for (const auto& undo : undos_) {
            const auto* entry = undo->find(node.path, node.depth);
            if (entry == nullptr) continue;
            return entry->count == 0 ? scan(node) : Subtree{entry->hash, entry->count};
        }
        return node.now;
    }

    const SiblingPlan& plan_;
    std::span<const std::shared_ptr<const TreeUndo>> undos_;
    RecordCursor cursor_;
    std::size_t at_ = 0;
};

}  // namespace

SiblingPlan plan_siblings(const UpperTree& tree, const TreePath& path, bool newest) {
    SiblingPlan out;
    NodeIndex index = kRootNode;
    while (!tree.node(index).is_bucket()) {
        const std::size_t depth = out.bucket_depth;
        const NodeIndex children = tree.node(index).children;
        const NodeIndex right = path_bit(path, depth) ? 1 : 0;
        TreePath beside = path;
        beside.bytes[depth / 8] ^= static_cast<std::uint8_t>(0x80U >> depth % 8);
        gather(tree, children + 1 - right, beside, depth + 1, newest, out.nodes);
        index = children + right;
        ++out.bucket_depth;
    }
    return out;
}

std::vector<Hash256> resolve_siblings(const SiblingPlan& plan, const TreePath& path,
                                      std::span<const std::shared_ptr<const TreeUndo>> undos,
                                      const Snapshot& snapshot) {
    std::vector<Hash256> out;
    Resolver resolver(plan, undos, snapshot);
    while (resolver.more()) out.push_back(resolver.next().hash);
    CHECK(out.size() == plan.bucket_depth);
    const auto bucket = resolver.leaves_below(path, plan.bucket_depth);
    std::span<const Leaf> ours = bucket;
    for (std::size_t depth = plan.bucket_depth; ours.size() > 1; ++depth) {
        const std::size_t middle = split_at(ours, depth);
        const auto left = ours.first(middle);
        const auto right = ours.subspan(middle);
        const bool on_right = path_bit(path, depth);
        out.push_back(subtree_of(on_right ? left : right, depth + 1).hash);
        ours = on_right ? right : left;
    }
    CHECK(ours.size() == 1 && ours.front().path == path);
    // The leaf stands where it is alone: deeper levels hold nothing beside it.
    while (!out.empty() && out.back() == kEmptyTree) out.pop_back();
    return out;
}

}  // namespace assay
