// Owns the description of a snapshot, the proof of its chunks, and the calls that make, give and
// take snapshots, shaped like those of ABCI 2.0.
#pragma once

#include "chain/app/application.hpp"

namespace assay {

inline constexpr std::uint32_t kSnapshotFormat = 1;
inline constexpr std::size_t kSnapshotChunkBytes = (1U << 20U) + 1;  // a kind, and 1 MiB
inline constexpr std::uint32_t kMaxSnapshotChunks = 1U << 16U;       // 64 GiB of state
inline constexpr std::size_t kMaxSnapshotNoteBytes = 4U << 20U;
inline constexpr std::size_t kMaxChunkPath = 16;  // hashes above one of kMaxSnapshotChunks

// Equal on all nodes that made the snapshot of a height.
struct SnapshotManifest {
    std::uint32_t format = kSnapshotFormat;
    std::uint64_t height = 0;
    std::uint32_t chunks = 0;
    Hash256 root;      // RFC 6962 tree over the SHA-256 of each chunk
    Hash256 app_hash;  // of the state in it, after block `height`
    friend auto operator<=>(const SnapshotManifest&, const SnapshotManifest&) = default;
};
BOOST_DESCRIBE_STRUCT(SnapshotManifest, (), (format, height, chunks, root, app_hash))

// Refuses formats not known here and counts out of range.
Result<void> check_manifest(const SnapshotManifest& manifest);

struct SnapshotChunk {
    Bytes bytes;
    std::vector<Hash256> path;  // proves that it is the one at its index
    friend bool operator==(const SnapshotChunk&, const SnapshotChunk&) = default;
};

// True where this is chunk `index` of the snapshot.
bool is_chunk_of(const SnapshotManifest& manifest, std::uint32_t index, const SnapshotChunk& chunk);

// Calls come from the engine's thread.
class SnapshotCalls {
  public:
    virtual ~SnapshotCalls() = default;

    // Begins a snapshot of the newest committed state, to be made in the background, with a note of
    // the engine's for whoever restores it: the same on every node. False while one is being made.
    virtual bool take_snapshot(Bytes note) = 0;
    // Those that are whole, newest first.
    virtual std::vector<SnapshotManifest> list_snapshots() const = 0;
    // nullopt for an unknown snapshot or index.
    virtual std::optional<SnapshotChunk> load_snapshot_chunk(std::uint64_t height,
                                                             std::uint32_t index) const = 0;

    // Makes ready to take in the chunks; drops what an earlier offer left. The manifest must state
    // the app hash that a verified header states. Refused where the chain has begun here.
    virtual Result<void> offer_snapshot(const SnapshotManifest& manifest,
                                        const Hash256& app_hash) = 0;
    // In any order. A refused chunk (one that is not what the manifest proves) changes nothing; a
    // failure with a proven one condemns the snapshot.
    enum class ChunkOutcome : std::uint8_t { taken, refused, snapshot_bad };
    virtual ChunkOutcome apply_snapshot_chunk(std::uint32_t index, const SnapshotChunk& chunk) = 0;
    virtual bool has_all_chunks() const = 0;
    // The engine's note, once all chunks are there.
    virtual Bytes snapshot_note() const = 0;
    // Takes the state over, if its root is the app hash, together with the engine's records: one
    // synced write. A failure removes everything that was restored.
    virtual Result<void> finish_snapshot(std::span<const EngineRecord> records) = 0;
    virtual Result<void> abandon_snapshot() = 0;
};

}  // namespace assay
