// Owns the snapshot calls of a chain: made in the background, restored into an empty application.
#pragma once

#include <atomic>
#include <map>
#include <thread>

#include "chain/app/chain_app.hpp"
#include "chain/app/snapshot_store.hpp"

namespace assay {

class ChainSnapshots final : public SnapshotCalls {
  public:
    // Both must outlive it. `made` is told, from the background, how a snapshot ended.
    using Made = std::function<void(const Result<SnapshotManifest>&)>;
    ChainSnapshots(ChainApp& app, SnapshotStore& store, Made made = {})
        : app_(app), store_(store), made_(std::move(made)) {}
    // Cuts short a snapshot that is being made.
    ~ChainSnapshots() override = default;

    bool take_snapshot(Bytes note) override;
    std::vector<SnapshotManifest> list_snapshots() const override { return store_.list(); }
    std::optional<SnapshotChunk> load_snapshot_chunk(std::uint64_t height,
                                                     std::uint32_t index) const override {
        return store_.chunk(height, index);
    }
    Result<void> offer_snapshot(const SnapshotManifest& manifest, const Hash256& app_hash) override;
    ChunkOutcome apply_snapshot_chunk(std::uint32_t index, const SnapshotChunk& chunk) override;
    bool has_all_chunks() const override;
    Bytes snapshot_note() const override;
    Result<void> finish_snapshot(std::span<const EngineRecord> records) override;
    Result<void> abandon_snapshot() override;

    // Until the snapshot that is being made is done.
    void wait();

  private:
    struct Restoring {
        SnapshotManifest manifest;
        std::vector<bool> taken;
        std::uint32_t missing = 0;
        std::map<std::uint32_t, Bytes> note;  // by index
        std::size_t note_bytes = 0;
    };
    bool take_payload(std::uint32_t index, ByteView chunk);

    ChainApp& app_;
    SnapshotStore& store_;
    Made made_;
    std::optional<Restoring> restoring_;
    std::atomic<bool> busy_{false};
    std::jthread worker_;
};

}  // namespace assay
