// Making snapshots on a thread of their own, and putting them back.
#include "chain/app/chain_snapshots.hpp"

namespace assay {

bool ChainSnapshots::take_snapshot(Bytes note) {
    auto state = app_.store().snapshot();
    if (!state || app_.store().height() == 0 || busy_.exchange(true)) return false;
    const std::uint64_t height = app_.store().height();
    const Hash256 app_hash = app_.store().root();
    worker_ = std::jthread([this, state = std::move(state), height, app_hash,
                            note = std::move(note)](const std::stop_token& stop) mutable {
        const auto made = store_.make(height, app_hash, note, state, stop);
        state.reset();  // lets the store drop what only this version needs
        if (made_) made_(made);
        busy_ = false;
    });
    return true;
}

void ChainSnapshots::wait() {
    if (worker_.joinable()) worker_.join();
}

Result<void> ChainSnapshots::offer_snapshot(const SnapshotManifest& manifest,
                                            const Hash256& app_hash) {
    if (auto good = check_manifest(manifest); !good) return good;
    if (manifest.app_hash != app_hash)
        return failure("snapshot: states app hash " + to_hex0x(manifest.app_hash) + ", the chain " +
                       to_hex0x(app_hash));
    restoring_.reset();
    if (auto begun = app_.begin_restore(); !begun) return begun;
    restoring_ = Restoring{.manifest = manifest,
                           .taken = std::vector<bool>(manifest.chunks),
                           .missing = manifest.chunks,
                           .note = {},
                           .note_bytes = 0};
    return {};
}

SnapshotCalls::ChunkOutcome ChainSnapshots::apply_snapshot_chunk(std::uint32_t index,
                                                                 const SnapshotChunk& chunk) {
    if (!restoring_ || index >= restoring_->manifest.chunks) return ChunkOutcome::refused;
    if (!is_chunk_of(restoring_->manifest, index, chunk)) return ChunkOutcome::refused;
    if (restoring_->taken[index]) return ChunkOutcome::taken;
    if (!take_payload(index, chunk.bytes)) return ChunkOutcome::snapshot_bad;
    restoring_->taken[index] = true;
    --restoring_->missing;
    return ChunkOutcome::taken;
}

bool ChainSnapshots::take_payload(std::uint32_t index, ByteView chunk) {
    const ByteView payload = chunk.subspan(1);
    if (chunk[0] == kStateChunk) return app_.restore_chunk(payload).has_value();
    if (chunk[0] != kNoteChunk) return false;
    if (restoring_->note_bytes + payload.size() > kMaxSnapshotNoteBytes) return false;
    restoring_->note_bytes += payload.size();
    restoring_->note[index] = to_bytes(payload);
    return true;
}

bool ChainSnapshots::has_all_chunks() const {
    return restoring_ && restoring_->missing == 0;
}

Bytes ChainSnapshots::snapshot_note() const {
    CHECK(has_all_chunks());
    Bytes out;
    for (const auto& [index, piece] : restoring_->note) append(out, piece);
    return out;
}

Result<void> ChainSnapshots::finish_snapshot(std::span<const EngineRecord> records) {
    CHECK(has_all_chunks());
    const SnapshotManifest manifest = restoring_->manifest;
    restoring_.reset();
    return app_.finish_restore(manifest.height, manifest.app_hash, records);
}

Result<void> ChainSnapshots::abandon_snapshot() {
    restoring_.reset();
    return app_.abandon_restore();
}

}  // namespace assay
