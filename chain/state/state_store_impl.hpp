// Owns the inside of StateStore, shared by the files that implement it and by nothing else.
#pragma once

#include <deque>
#include <mutex>

#include "chain/state/leaf_cache.hpp"
#include "chain/state/record_cache.hpp"
#include "chain/state/siblings.hpp"
#include "chain/state/state_store.hpp"

namespace assay {

// A height that can be read and proven. Immutable once published.
struct StateVersion {
    StateHead head;
    std::shared_ptr<const Snapshot> snapshot;
    std::shared_ptr<const TreeUndo> undo;  // of this height's block; empty for the first
};
using StateVersionPtr = std::shared_ptr<const StateVersion>;

struct PreparedState::Impl {
    StateHead head;
    std::uint64_t base = 0;  // commits before this one
    std::vector<Change> changes;
    TreeUpdate update;
};

struct StateStore::Impl {
    Impl(Database& database_in, const StateStoreOptions& options_in)
        : database(database_in),
          options(options_in),
          records(options_in.record_cache_bytes),
          leaves(options_in.leaf_cache_buckets) {}

    // False where the tree in memory shows that there is no such record: a third of a block's reads
    // ask for records that it is about to make. The writer's.
    bool may_hold(const TreePath& path);
    StateVersionPtr newest() const;
    StateVersionPtr find(std::uint64_t height) const;
    // The record under the cursor and its way up at the version's height.
    Result<LeafProof> prove_record(const StateVersion& version, const RecordCursor& cursor) const;
    void publish(StateVersionPtr version, const TreeUpdate* update);

    Database& database;
    const StateStoreOptions options;
    // The writer's alone.
    RecordCache records;
    LeafCache leaves;
    std::optional<Iterator> walk;  // over the newest version, made when first needed
    std::string scratch;
    std::uint64_t commits = 0;
    // Changed by the writer under the mutex; read by the writer without, by others under it.
    mutable std::mutex mutex;
    UpperTree tree;
    std::deque<StateVersionPtr> versions;  // by height, newest last
};

// Feeds the tree with all stored leaves. Notes damage instead of ending the process.
Result<void> rebuild_tree(UpperTree& tree, LeafCache& cache, const Snapshot& snapshot);

}  // namespace assay
