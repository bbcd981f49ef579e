// Fuzzes the state tree: bytes become blocks of changes to chosen paths; the root, the undo of
// every block and a rebuilt tree must agree with the leaves themselves.
#include <map>

#include "chain/state/snapshot_reader.hpp"
#include "chain/state/upper_tree.hpp"

namespace assay {

namespace {

class MapLeaves final : public LeafSource {
  public:
    void read_bucket(NodeIndex, const TreePath& path, std::size_t depth, const Subtree& expected,
                     std::vector<Leaf>& out) override {
        const auto found = below(path, depth);
        CHECK(subtree_of(found, depth).hash == expected.hash && found.size() == expected.count);
        out.insert(out.end(), found.begin(), found.end());
    }
    std::vector<Leaf> below(const TreePath& path, std::size_t depth) const {
        std::vector<Leaf> out;
        for (auto it = leaves.lower_bound(lowest_below(path, depth));
             it != leaves.end() && shares_prefix(it->first, path, depth); ++it)
            out.push_back({it->first, it->second});
        return out;
    }
    std::map<TreePath, Hash256> leaves;
};

// Three bytes choose a path: where it leaves the all-zero path, and how it goes on.
TreePath path_from(ByteView input) {
    TreePath out;
    const std::size_t bit = input[0];
    out.bytes[bit / 8] = static_cast<std::uint8_t>(0x80U >> bit % 8);
    out.bytes[std::min<std::size_t>(bit / 8 + 1, 31)] ^= input[1];
    out.bytes[31] ^= static_cast<std::uint8_t>(input[2] & 0x7fU);
    return out;
}

void check_undo(const TreeUndo& undo, const MapLeaves& before, const TreePath& path) {
    for (std::size_t depth = 0; depth <= kUpperDepth; depth += kUndoStride) {
        const auto* entry = undo.find(path, depth);
        if (entry == nullptr || entry->count == 0) continue;
        const auto leaves = before.below(path, depth);
        CHECK(entry->count == leaves.size() && entry->hash == subtree_of(leaves, depth).hash);
    }
}

void run_block(UpperTree& tree, MapLeaves& source, const std::map<TreePath, LeafChange>& chosen) {
    std::vector<LeafChange> changes;
    for (const auto& [path, change] : chosen) changes.push_back(change);
    const TreeUpdate update = tree.plan(changes, source);
    for (const auto& change : changes) check_undo(update.undo, source, change.leaf.path);
    tree.apply(update);
    for (const auto& change : changes) {
        if (change.erased)
            source.leaves.erase(change.leaf.path);
        else
            source.leaves[change.leaf.path] = change.leaf.hash;
    }
    const auto leaves = source.below({}, 0);
    CHECK(tree.root().count == leaves.size());
    CHECK(tree.root().hash == subtree_of(leaves, 0).hash);
    UpperTree rebuilt;
    std::size_t at = 0;
    rebuilt.rebuild(
        [&](Leaf& leaf) {
            if (at == leaves.size()) return false;
            leaf = leaves[at++];
            return true;
        },
        [](NodeIndex, std::span<const Leaf>) {});
    CHECK(rebuilt.root().hash == tree.root().hash);
}

}  // namespace

}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    constexpr std::size_t kStep = 4;  // a path, and what to do with it
    UpperTree tree;
    MapLeaves source;
    std::map<TreePath, LeafChange> chosen;
    for (ByteView input(data, size); input.size() >= kStep; input = input.subspan(kStep)) {
        const TreePath path = path_from(input);
        const std::uint8_t action = input[3];
        chosen[path] = {{path, sha256(ByteView(&action, 1))}, action % 4 == 0};
        if (action % 8 != 1) continue;
        run_block(tree, source, chosen);
        chosen.clear();
    }
    return 0;
}
