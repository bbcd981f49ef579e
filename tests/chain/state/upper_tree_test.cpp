// The tree in memory alone, with paths chosen to share long prefixes: its root is that of its
// leaves however they came.
#include "chain/state/upper_tree.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <random>

#include "chain/state/snapshot_reader.hpp"

using namespace assay;

namespace {

class MemoryLeaves final : public LeafSource {
  public:
    void read_bucket(NodeIndex, const TreePath& path, std::size_t depth, const Subtree& expected,
                     std::vector<Leaf>& out) override {
        std::size_t found = 0;
        for (auto it = leaves.lower_bound(lowest_below(path, depth));
             it != leaves.end() && shares_prefix(it->first, path, depth); ++it, ++found)
            out.push_back({it->first, it->second});
        CHECK(found == expected.count);
    }
    std::vector<Leaf> all() const {
        std::vector<Leaf> out;
        for (const auto& [path, hash] : leaves) out.push_back({path, hash});
        return out;
    }
    std::map<TreePath, Hash256> leaves;
};

// Few first bits differ, then `shared` bits are equal, then all differ.
TreePath crowded_path(std::mt19937_64& random, unsigned shared) {
    TreePath out;
    for (auto& byte : out.bytes) byte = static_cast<std::uint8_t>(random());
    out.bytes[0] &= 0x80;
    for (unsigned bit = 1; bit < shared; ++bit)
        out.bytes[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> bit % 8));
    return out;
}

Hash256 rebuilt_root(const std::vector<Leaf>& leaves) {
    UpperTree tree;
    std::size_t at = 0;
    std::size_t in_buckets = 0;
    tree.rebuild(
        [&](Leaf& leaf) {
            if (at == leaves.size()) return false;
            leaf = leaves[at++];
            return true;
        },
        [&](NodeIndex index, std::span<const Leaf> bucket) {
            in_buckets += bucket.size();
            BOOST_TEST(tree.node(index).count == bucket.size());
        });
    BOOST_TEST(in_buckets == leaves.size());
    BOOST_TEST(tree.root().count == leaves.size());
    return tree.root().hash;
}

}  // namespace

BOOST_AUTO_TEST_CASE(root_does_not_depend_on_the_order_of_changes) {
    for (const unsigned shared : {1U, 20U, 46U, 60U, 200U}) {
        std::mt19937_64 random(shared);
        UpperTree tree;
        MemoryLeaves source;
        for (int round = 0; round < 60; ++round) {
            std::map<TreePath, LeafChange> chosen;
            const bool shrinking = round % 20 >= 14;
            for (const auto& [path, hash] : source.leaves)
                if (random() % (shrinking ? 2 : 10) == 0) chosen[path] = {{path, {}}, true};
            for (int i = 0; i < (shrinking ? 1 : 30); ++i) {
                const TreePath path = crowded_path(random, shared);
                chosen[path] = {{path, sha256(path)}, false};
            }
            std::vector<LeafChange> changes;
            for (const auto& [path, change] : chosen) changes.push_back(change);
            const TreeUpdate update = tree.plan(changes, source);
            tree.apply(update);
            for (const auto& change : changes) {
                if (change.erased)
                    source.leaves.erase(change.leaf.path);
                else
                    source.leaves[change.leaf.path] = change.leaf.hash;
            }
            const auto leaves = source.all();
            BOOST_TEST(tree.root().count == leaves.size());
            BOOST_TEST((tree.root().hash == subtree_of(leaves, 0).hash));
            BOOST_TEST((update.root.hash == tree.root().hash));
            BOOST_TEST((rebuilt_root(leaves) == tree.root().hash));
        }
    }
}

BOOST_AUTO_TEST_CASE(erasing_everything_gives_the_empty_tree_and_frees_the_nodes) {
    UpperTree tree;
    MemoryLeaves source;
    std::mt19937_64 random(7);
    std::size_t memory = 0;
    for (int round = 0; round < 5; ++round) {
        std::vector<LeafChange> changes;
        while (source.leaves.size() < 20'000) {
            const TreePath path = crowded_path(random, 1);
            source.leaves[path] = sha256(path);
        }
        for (const auto& [path, hash] : source.leaves) changes.push_back({{path, hash}, false});
        MemoryLeaves nothing;
        tree.apply(tree.plan(changes, nothing));
        for (auto& change : changes) change.erased = true;
        tree.apply(tree.plan(changes, source));
        source.leaves.clear();
        BOOST_TEST((tree.root().hash == kEmptyTree));
        BOOST_TEST(tree.node(kRootNode).is_bucket());
        if (round == 0) memory = tree.memory_bytes();
    }
    BOOST_TEST(tree.memory_bytes() < memory + memory / 4);
}
