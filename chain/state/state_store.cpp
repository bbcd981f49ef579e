// Opening, reading, history and proofs of the committed state.
#include "chain/state/state_store.hpp"

#include "chain/state/state_store_impl.hpp"

namespace assay {

Result<void> rebuild_tree(UpperTree& tree, LeafCache& cache, const Snapshot& snapshot) {
    Iterator iterator = snapshot.iterator();
    iterator.seek(ByteView(&kRecordPrefix, 1));
    std::optional<Error> damage;
    tree.rebuild(
        [&](Leaf& leaf) {
            if (damage || !iterator.valid() || iterator.key()[0] != kRecordPrefix) return false;
            if (iterator.key().size() != RecordKey::kSize) {
                damage = failure("a stored record has a key of the wrong length");
                return false;
            }
            const auto record = decode_record(iterator.value());
            if (!record) {
                damage = record.error();
                return false;
            }
            leaf = {TreePath::from(iterator.key().subspan(1)), record->hash};
            iterator.next();
            return true;
        },
        [&](NodeIndex bucket, std::span<const Leaf> leaves) {
            if (!cache.full()) cache.store(bucket, leaves);
        });
    if (damage) return *damage;
    return iterator.status();
}

namespace {

Error outside_window(std::uint64_t height) {
    return failure("height " + std::to_string(height) + " is not available");
}

}  // namespace

bool StateStore::Impl::may_hold(const TreePath& path) {
    const NodeIndex bucket = tree.bucket_of(path);
    if (tree.node(bucket).count == 0) return false;
    return leaves.has_leaf(bucket, path).value_or(true);
}

StateVersionPtr StateStore::Impl::newest() const {
    const std::scoped_lock lock(mutex);
    return versions.empty() ? nullptr : versions.back();
}

StateVersionPtr StateStore::Impl::find(std::uint64_t height) const {
    const std::scoped_lock lock(mutex);
    if (versions.empty()) return nullptr;
    const std::uint64_t first = versions.front()->head.height;
    if (height < first || height > versions.back()->head.height) return nullptr;
    return versions[static_cast<std::size_t>(height - first)];
}

void StateStore::Impl::publish(StateVersionPtr version, const TreeUpdate* update) {
    StateVersionPtr dropped;  // released outside the lock: it may free a snapshot
    const std::scoped_lock lock(mutex);
    if (update != nullptr) tree.apply(*update);
    versions.push_back(std::move(version));
    if (versions.size() > kHistoryHeights) {
        dropped = std::move(versions.front());
        versions.pop_front();
    }
}

StateStore::StateStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
StateStore::~StateStore() = default;

Result<std::unique_ptr<StateStore>> StateStore::open(Database& database,
                                                     const StateStoreOptions& options) {
    auto impl = std::make_unique<Impl>(database, options);
    const auto head = read_head(database);
    if (!head) return head.error();
    auto snapshot = database.snapshot();
    if (auto built = rebuild_tree(impl->tree, impl->leaves, *snapshot); !built)
        return built.error();
    const Subtree root = impl->tree.root();
    if (!*head) {
        if (root.count != 0) return failure("the store holds records but no state head");
    } else {
        const StateHead& expected = **head;
        if (expected.count != root.count)
            return failure("the store holds " + std::to_string(root.count) +
                           " records, its head states " + std::to_string(expected.count));
        if (expected.root != root.hash)
            return failure("the stored records give root " + to_hex0x(root.hash) +
                           ", the head states " + to_hex0x(expected.root));
        impl->publish(
            std::make_shared<StateVersion>(StateVersion{expected, std::move(snapshot), nullptr}),
            nullptr);
    }
    return std::unique_ptr<StateStore>(new StateStore(std::move(impl)));
}

std::optional<Bytes> StateStore::get(ByteView key) const {
    CHECK(!key.empty());
    if (const auto* held = impl_->records.find(key)) return *held;
    std::optional<Bytes> value;
    const TreePath path = path_of(key);
    if (impl_->may_hold(path) && impl_->database.get_into(record_key(path), impl_->scratch))
        value = value_of_stored(path, view_of(impl_->scratch));
    impl_->records.store(key, value);
    return value;
}

std::optional<std::pair<Bytes, Bytes>> StateStore::next(ByteView from, ByteView prefix) const {
    if (!impl_->walk) impl_->walk.emplace(impl_->database.iterator());
    return next_ordered(*impl_->walk, from, prefix);
}

void StateStore::scan(ByteView prefix, const ScanVisitor& visit) const {
    if (const auto version = latest()) version->scan(prefix, visit);
}

bool StateStore::empty() const {
    return impl_->newest() == nullptr;
}

std::uint64_t StateStore::height() const {
    const auto version = impl_->newest();
    return version ? version->head.height : 0;
}

Hash256 StateStore::root() const {
    const auto version = impl_->newest();
    return version ? version->head.root : kEmptyTree;
}

std::shared_ptr<const StateReader> StateStore::latest() const {
    const auto version = impl_->newest();
    return version ? std::make_shared<SnapshotReader>(version->snapshot) : nullptr;
}

std::shared_ptr<const StateReader> StateStore::at(std::uint64_t height) const {
    const auto version = impl_->find(height);
    return version ? std::make_shared<SnapshotReader>(version->snapshot) : nullptr;
}

std::optional<Hash256> StateStore::root_at(std::uint64_t height) const {
    const auto version = impl_->find(height);
    if (!version) return std::nullopt;
    return version->head.root;
}

Result<LeafProof> StateStore::Impl::prove_record(const StateVersion& version,
                                                 const RecordCursor& cursor) const {
    const TreePath path = cursor.path();
    const StoredRecord record = cursor.record();
    LeafProof out{to_bytes(record.key), to_bytes(committed_value(record.value)), {}};
    SiblingPlan plan;
    std::vector<std::shared_ptr<const TreeUndo>> undos;
    {
        const std::scoped_lock lock(mutex);
        const std::uint64_t first = versions.front()->head.height;
        if (version.head.height < first) return outside_window(version.head.height);
        const std::uint64_t after = version.head.height - first + 1;
        for (std::size_t i = static_cast<std::size_t>(after); i < versions.size(); ++i)
            undos.push_back(versions[i]->undo);
        plan = plan_siblings(tree, path, undos.empty());
    }
    const auto siblings = resolve_siblings(plan, path, undos, *version.snapshot);
    for (std::size_t depth = siblings.size(); depth-- > 0;)
        out.path.push_back({path_bit(path, depth), siblings[depth]});
    return out;
}

Result<StateProof> StateStore::prove(std::uint64_t height, ByteView key) const {
    const auto version = impl_->find(height);
    if (!version) return outside_window(height);
    const TreePath path = path_of(key);
    StateProof out;
    out.key = to_bytes(key);
    RecordCursor cursor(version->snapshot->iterator());
    const auto prove_here = [&](std::optional<LeafProof>& into) -> Result<void> {
        if (!cursor.valid()) return {};
        auto proof = impl_->prove_record(*version, cursor);
        if (!proof) return proof.error();
        into = std::move(*proof);
        return {};
    };
    cursor.seek(path);
    const bool present = cursor.valid() && cursor.path() == path;
    if (auto done = prove_here(present ? out.leaf : out.right); !done) return done.error();
    if (present) return out;
    cursor.seek_before(path);
    if (auto done = prove_here(out.left); !done) return done.error();
    return out;
}

std::size_t StateStore::tree_memory_bytes() const {
    const std::scoped_lock lock(impl_->mutex);
    std::size_t out = impl_->tree.memory_bytes();
    for (const auto& version : impl_->versions) {
        if (!version->undo) continue;
        for (const auto& level : version->undo->levels)
            out += level.capacity() * sizeof(TreeUndo::Entry);
    }
    return out;
}

}  // namespace assay
