// Owns the snapshots that a node keeps for others, in a store of their own.
#pragma once

#include <stop_token>

#include "chain/app/snapshot.hpp"
#include "chain/store/database.hpp"

namespace assay {

// make() comes from one thread, reads from any. A snapshot that a crash cut short is removed at the
// next opening.
class SnapshotStore {
  public:
    // Keeps the newest `keep` snapshots.
    static Result<std::unique_ptr<SnapshotStore>> open(const std::string& path, std::size_t keep);

    // Writes the snapshot of a committed height, in bounded memory, and forgets the oldest ones
    // above the limit. Where `stop` is requested it ends early, with an error and nothing kept.
    Result<SnapshotManifest> make(std::uint64_t height, const Hash256& app_hash, ByteView note,
                                  const std::shared_ptr<const Snapshot>& state,
                                  const std::stop_token& stop = {});
    // Newest first.
    std::vector<SnapshotManifest> list() const;
    std::optional<SnapshotChunk> chunk(std::uint64_t height, std::uint32_t index) const;

  private:
    SnapshotStore(std::unique_ptr<Database> database, std::size_t keep)
        : database_(std::move(database)), keep_(keep) {}
    Result<void> remove(std::uint64_t height);
    Result<void> remove_unlisted();

    std::unique_ptr<Database> database_;
    std::size_t keep_;
};

// Chunks begin with their kind. Pieces of the note come first, each of the full size but the last.
inline constexpr std::uint8_t kNoteChunk = 0;
inline constexpr std::uint8_t kStateChunk = 1;

}  // namespace assay
