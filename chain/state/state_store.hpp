// Owns the committed state: its records, its root, the recent heights, and proofs of all of them.
#pragma once

#include <functional>
#include <memory>

#include "chain/state/proof.hpp"
#include "chain/state/reader.hpp"
#include "chain/state/state.hpp"
#include "chain/state/upper_tree.hpp"
#include "chain/store/database.hpp"

namespace assay {

// Heights that at() and prove() can serve, the newest included.
inline constexpr std::size_t kHistoryHeights = 128;

struct StateStoreOptions {
    std::size_t record_cache_bytes = 48U << 20U;
    std::size_t leaf_cache_buckets = 192U << 10U;  // about half a KB each
};

// Changes whose leaves are hashed, in the order of the tree.
struct StagedChanges {
    std::vector<Change> changes;
    std::vector<LeafChange> leaves;
    // The other changes' keys are none of these.
    void add(StagedChanges other);
};

// What a block does to the state, ready to commit.
class PreparedState {
  public:
    ~PreparedState();
    PreparedState(const PreparedState&) = delete;
    PreparedState& operator=(const PreparedState&) = delete;
    std::uint64_t height() const;
    Hash256 root() const;

  private:
    friend class StateStore;
    struct Impl;
    explicit PreparedState(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// One writer thread calls get, next, prepare and commit; every other member is thread-safe and
// holds the writer up for no longer than it takes to copy a path of the tree.
class StateStore final : public StateReader {
  public:
    // Rebuilds the tree from the records. Refuses a store whose records do not give the root and
    // the count that its head states. The database must outlive the store.
    static Result<std::unique_ptr<StateStore>> open(Database& database,
                                                    const StateStoreOptions& options = {});
    ~StateStore() override;

    // The newest committed state, through the cache. The writer's.
    std::optional<Bytes> get(ByteView key) const override;
    std::optional<std::pair<Bytes, Bytes>> next(ByteView from, ByteView prefix) const override;
    // Over the newest committed state; thread-safe.
    void scan(ByteView prefix, const ScanVisitor& visit) const override;

    // True before the first commit: height and root say nothing then.
    bool empty() const;
    std::uint64_t height() const;
    Hash256 root() const;

    // Computes the root after `changes` (sorted by key, as State::take_changes gives them) and adds
    // the writes to `batch`. `height` follows height(), or is any in an empty store. Nothing is
    // visible, and the result may be dropped, until the batch is written and commit() called.
    std::unique_ptr<PreparedState> prepare(std::uint64_t height, std::vector<Change> changes,
                                           Batch& batch);
    // The same in two steps: the first needs not all of the block's changes, and no store.
    static StagedChanges stage(std::vector<Change> changes, Batch& batch);
    std::unique_ptr<PreparedState> prepare(std::uint64_t height, StagedChanges staged,
                                           Batch& batch);
    // Makes the prepared height the newest. The caller has written the batch, and nothing was
    // committed since prepare().
    void commit(std::unique_ptr<PreparedState> prepared);

    // What is written together with the head; may look at the records and refuse.
    using AdoptWrites = std::function<Result<void>(const StateReader& records, Batch& batch)>;
    // The writer's: makes the records that stage_state_chunk() brought into this empty store its
    // state at `height`, in one synced write. Refuses where they do not give `root`, and stays
    // empty then.
    Result<void> adopt(std::uint64_t height, const Hash256& root, const AdoptWrites& add);

    // The newest height as the database holds it; nullptr in an empty store. Thread-safe.
    std::shared_ptr<const Snapshot> snapshot() const;
    // The newest height; nullptr in an empty store. Readers must not outlive the database.
    std::shared_ptr<const StateReader> latest() const;
    // nullptr outside the last kHistoryHeights, and for heights before this process started.
    std::shared_ptr<const StateReader> at(std::uint64_t height) const;
    std::optional<Hash256> root_at(std::uint64_t height) const;
    // Refused as at() is.
    Result<StateProof> prove(std::uint64_t height, ByteView key) const;

    // Hashes every record again and compares records, ordered copies, root and count. Takes a scan
    // of the whole state; `progress` is told the records done now and then.
    Result<void> verify(const std::function<void(std::uint64_t)>& progress = {}) const;
    // Bytes held for the tree and for the history of its hashes.
    std::size_t tree_memory_bytes() const;

  private:
    struct Impl;
    explicit StateStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace assay
