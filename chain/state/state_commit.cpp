// Turning a block's changes into a root and writes, and making them the newest version.
#include <algorithm>

#include "chain/state/state_store_impl.hpp"

namespace assay {

PreparedState::PreparedState(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PreparedState::~PreparedState() = default;
std::uint64_t PreparedState::height() const {
    return impl_->head.height;
}
Hash256 PreparedState::root() const {
    return impl_->head.root;
}

namespace {

// Buckets from the leaf cache, else from the store through one cursor that moves forward.
class BucketReader final : public LeafSource {
  public:
    BucketReader(LeafCache& cache, const Database& database) : cache_(cache), database_(database) {}

    void read_bucket(NodeIndex bucket, const TreePath& path, std::size_t depth,
                     const Subtree& expected, std::vector<Leaf>& out) override {
        if (cache_.find(bucket, out)) return;
        if (!cursor_) cursor_.emplace(database_.iterator());
        cursor_->seek(lowest_below(path, depth));
        for (std::size_t i = 0; i < expected.count; ++i) {
            if (i > 0) cursor_->next();
            CHECK(cursor_->valid() && shares_prefix(cursor_->path(), path, depth));
            out.push_back({cursor_->path(), cursor_->record().hash});
        }
        CHECK(subtree_of(out, depth).hash == expected.hash);  // the disk kept what was written
    }

  private:
    LeafCache& cache_;
    const Database& database_;
    std::optional<RecordCursor> cursor_;
};

// The order of the changes by path: the order of buckets, and the one the store writes fastest.
struct PathOrder {
    std::uint64_t first_bits = 0;
    std::uint32_t change = 0;
};

std::uint64_t first_bits_of(const TreePath& path) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < 8; ++i) out = out << 8U | path.bytes[i];
    return out;
}

std::vector<TreePath> paths_of(const std::vector<Change>& changes) {
    std::vector<TreePath> out;
    out.reserve(changes.size());
    for (std::size_t i = 0; i < changes.size(); ++i) {
        CHECK(!changes[i].key.empty() && changes[i].key.size() <= kMaxKeyBytes);
        CHECK(i == 0 || changes[i - 1].key < changes[i].key);
        out.push_back(path_of(changes[i].key));
    }
    return out;
}

std::vector<PathOrder> order_by_path(const std::vector<TreePath>& paths) {
    std::vector<PathOrder> out;
    out.reserve(paths.size());
    for (std::uint32_t i = 0; i < paths.size(); ++i) out.push_back({first_bits_of(paths[i]), i});
    std::sort(out.begin(), out.end(), [&](const PathOrder& a, const PathOrder& b) {
        if (a.first_bits != b.first_bits) return a.first_bits < b.first_bits;
        return paths[a.change] < paths[b.change];
    });
    return out;
}

// Adds the change's writes to the batch and returns what it does to the tree.
LeafChange stage_one(const Change& change, const TreePath& path, Batch& batch, Bytes& scratch) {
    if (is_ordered_key(change.key)) {
        if (change.value)
            batch.put(ordered_key(change.key), *change.value);
        else
            batch.erase(ordered_key(change.key));
    }
    if (!change.value) {
        batch.erase(record_key(path));
        return {{path, {}}, true};
    }
    const Hash256 hash = leaf_hash(path, *change.value);
    scratch.clear();
    encode_record(scratch, hash, change.key, *change.value);
    batch.put(record_key(path), scratch);
    return {{path, hash}, false};
}

}  // namespace

StagedChanges StateStore::stage(std::vector<Change> changes, Batch& batch) {
    const std::vector<TreePath> paths = paths_of(changes);
    StagedChanges out;
    out.leaves.reserve(changes.size());
    Bytes scratch;
    for (const auto& at : order_by_path(paths))
        out.leaves.push_back(stage_one(changes[at.change], paths[at.change], batch, scratch));
    out.changes = std::move(changes);
    return out;
}

void StagedChanges::add(StagedChanges other) {
    const auto by_path = [](const LeafChange& a, const LeafChange& b) {
        return a.leaf.path < b.leaf.path;
    };
    std::vector<LeafChange> merged;
    merged.reserve(leaves.size() + other.leaves.size());
    std::ranges::merge(leaves, other.leaves, std::back_inserter(merged), by_path);
    leaves = std::move(merged);
    const auto same_path = [](const LeafChange& a, const LeafChange& b) {
        return a.leaf.path == b.leaf.path;
    };
    CHECK(std::adjacent_find(leaves.begin(), leaves.end(), same_path) == leaves.end());
    changes.insert(changes.end(), std::make_move_iterator(other.changes.begin()),
                   std::make_move_iterator(other.changes.end()));
}

std::unique_ptr<PreparedState> StateStore::prepare(std::uint64_t height,
                                                   std::vector<Change> changes, Batch& batch) {
    return prepare(height, stage(std::move(changes), batch), batch);
}

std::unique_ptr<PreparedState> StateStore::prepare(std::uint64_t height, StagedChanges staged,
                                                   Batch& batch) {
    CHECK(empty() || height == this->height() + 1);
    auto out = std::make_unique<PreparedState::Impl>();
    BucketReader reader(impl_->leaves, impl_->database);
    out->update = impl_->tree.plan(staged.leaves, reader);
    out->head = {height, out->update.root.hash, out->update.root.count};
    out->base = impl_->commits;
    out->changes = std::move(staged.changes);
    put_head(batch, out->head);
    return std::unique_ptr<PreparedState>(new PreparedState(std::move(out)));
}

void StateStore::commit(std::unique_ptr<PreparedState> prepared) {
    PreparedState::Impl& done = *prepared->impl_;
    CHECK(done.base == impl_->commits);
    auto version = std::make_shared<StateVersion>();
    version->head = done.head;
    version->snapshot = impl_->database.snapshot();
    version->undo = std::make_shared<TreeUndo>(std::move(done.update.undo));
    impl_->publish(std::move(version), &done.update);
    ++impl_->commits;
    impl_->walk.reset();
    for (const auto& [index, node] : done.update.nodes)
        if (!node.is_bucket()) impl_->leaves.erase(index);
    for (const auto& bucket : done.update.buckets) {
        const std::span<const Leaf> leaves(done.update.leaves.data() + bucket.first, bucket.count);
        if (impl_->tree.node(bucket.node).is_bucket()) impl_->leaves.store(bucket.node, leaves);
    }
    for (const auto freed : done.update.pairs_freed) {
        impl_->leaves.erase(freed);
        impl_->leaves.erase(freed + 1);
    }
    for (auto& change : done.changes) impl_->records.store(change.key, std::move(change.value));
}

}  // namespace assay
