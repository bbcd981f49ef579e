// Taking over records that came from elsewhere, once they give the expected root.
#include "chain/state/snapshot_reader.hpp"
#include "chain/state/state_store_impl.hpp"

namespace assay {

Result<void> StateStore::adopt(std::uint64_t height, const Hash256& root, const AdoptWrites& add) {
    CHECK(empty());
    impl_->walk.reset();
    impl_->records = RecordCache(impl_->options.record_cache_bytes);
    impl_->leaves = LeafCache(impl_->options.leaf_cache_buckets);
    auto snapshot = impl_->database.snapshot();
    UpperTree tree;
    if (auto built = rebuild_tree(tree, impl_->leaves, *snapshot); !built) return built;
    const auto refused = [this](Error error) {
        impl_->leaves = LeafCache(impl_->options.leaf_cache_buckets);
        return error;
    };
    const StateHead head{height, tree.root().hash, tree.root().count};
    if (head.root != root)
        return refused(failure("the records give app hash " + to_hex0x(head.root) + ", not " +
                               to_hex0x(root)));
    Batch batch;
    if (auto added = add(SnapshotReader(snapshot), batch); !added) return refused(added.error());
    put_head(batch, head);
    if (auto written = impl_->database.write(batch, true); !written)
        return refused(written.error());
    {
        const std::scoped_lock lock(impl_->mutex);
        impl_->tree = std::move(tree);
    }
    impl_->publish(std::make_shared<StateVersion>(StateVersion{head, std::move(snapshot), nullptr}),
                   nullptr);
    ++impl_->commits;
    return {};
}

std::shared_ptr<const Snapshot> StateStore::snapshot() const {
    const auto version = impl_->newest();
    return version ? version->snapshot : nullptr;
}

}  // namespace assay
