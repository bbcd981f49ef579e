// Chunks under height and index, and one record per whole snapshot, written last.
#include "chain/app/snapshot_store.hpp"

#include "chain/codec/record.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/crypto/rfc6962.hpp"
#include "chain/state/state_chunks.hpp"

namespace assay {

namespace {

constexpr std::uint8_t kWholePrefix = 'm';
constexpr std::uint8_t kChunkPrefix = 'c';
// Chunks are written once and read seldom: little is to be held in memory.
constexpr DatabaseOptions kOptions{
    .write_buffer_bytes = 4U << 20U, .cache_bytes = 2U << 20U, .open_files = 64};

struct WholeSnapshot {
    SnapshotManifest manifest;
    std::vector<Hash256> leaves;  // of the tree over the chunks
};
BOOST_DESCRIBE_STRUCT(WholeSnapshot, (), (manifest, leaves))

Bytes whole_key(std::uint64_t height) {
    Bytes key{kWholePrefix};
    record::put_integer(key, height);
    return key;
}

Bytes chunk_key(std::uint64_t height, std::uint32_t index) {
    Bytes key{kChunkPrefix};
    record::put_integer(key, height);
    record::put_integer(key, index);
    return key;
}

std::uint64_t height_in(ByteView key) {
    std::uint64_t out = 0;
    for (const auto byte : key.subspan(1, 8)) out = out << 8U | byte;
    return out;
}

std::optional<WholeSnapshot> load_whole(const Database& database, std::uint64_t height) {
    const auto raw = database.get(whole_key(height));
    if (!raw) return std::nullopt;
    auto out = record::decode<WholeSnapshot>(*raw);
    CHECK(out.has_value());  // our own encoding
    return std::move(*out);
}

// Writes chunks as they come and collects their hashes.
class ChunkSink {
  public:
    ChunkSink(Database& database, std::uint64_t height) : database_(database), height_(height) {}
    Result<void> add(std::uint8_t kind, ByteView payload) {
        if (leaves_.size() == kMaxSnapshotChunks)
            return failure("the state is larger than a snapshot may be");
        Bytes chunk{kind};
        append(chunk, payload);
        Batch batch;
        batch.put(chunk_key(height_, static_cast<std::uint32_t>(leaves_.size())), chunk);
        leaves_.push_back(rfc6962::leaf_hash(sha256(chunk)));
        return database_.write(batch, false);
    }
    std::vector<Hash256> take_leaves() { return std::move(leaves_); }

  private:
    Database& database_;
    std::uint64_t height_;
    std::vector<Hash256> leaves_;
};

Result<void> write_chunks(ChunkSink& sink, ByteView note,
                          const std::shared_ptr<const Snapshot>& state,
                          const std::stop_token& stop) {
    for (std::size_t at = 0; at < note.size(); at += kStateChunkBytes) {
        const std::size_t size = std::min(kStateChunkBytes, note.size() - at);
        if (auto added = sink.add(kNoteChunk, note.subspan(at, size)); !added) return added;
    }
    StateExport records(state);
    while (!stop.stop_requested()) {
        const auto chunk = records.next();
        if (!chunk) return chunk.error();
        if (chunk->empty()) return {};
        if (auto added = sink.add(kStateChunk, *chunk); !added) return added;
    }
    return failure("the node is stopping");
}

}  // namespace

Result<std::unique_ptr<SnapshotStore>> SnapshotStore::open(const std::string& path,
                                                           std::size_t keep) {
    CHECK(keep > 0);
    auto database = Database::open(path, kOptions);
    if (!database) return database.error();
    std::unique_ptr<SnapshotStore> out(new SnapshotStore(std::move(*database), keep));
    if (auto removed = out->remove_unlisted(); !removed) return removed.error();
    return out;
}

Result<SnapshotManifest> SnapshotStore::make(std::uint64_t height, const Hash256& app_hash,
                                             ByteView note,
                                             const std::shared_ptr<const Snapshot>& state,
                                             const std::stop_token& stop) {
    if (note.size() > kMaxSnapshotNoteBytes) return failure("snapshot: the note is too long");
    if (const auto whole = load_whole(*database_, height)) return whole->manifest;
    ChunkSink sink(*database_, height);
    if (auto written = write_chunks(sink, note, state, stop); !written) {
        if (auto removed = remove(height); !removed) return removed.error();
        return written.error();
    }
    WholeSnapshot whole;
    whole.leaves = sink.take_leaves();
    whole.manifest = {.height = height,
                      .chunks = static_cast<std::uint32_t>(whole.leaves.size()),
                      .root = rfc6962::root_of_hashes(whole.leaves),
                      .app_hash = app_hash};
    Batch batch;
    batch.put(whole_key(height), record::encode(whole));
    if (auto written = database_->write(batch, true); !written) return written.error();
    const auto kept = list();
    for (std::size_t i = keep_; i < kept.size(); ++i)
        if (auto removed = remove(kept[i].height); !removed) return removed.error();
    return whole.manifest;
}

std::vector<SnapshotManifest> SnapshotStore::list() const {
    std::vector<SnapshotManifest> out;
    Iterator iterator = database_->iterator();
    for (iterator.seek(ByteView(&kWholePrefix, 1));
         iterator.valid() && iterator.key()[0] == kWholePrefix; iterator.next())
        if (const auto whole = load_whole(*database_, height_in(iterator.key())))
            out.push_back(whole->manifest);
    std::reverse(out.begin(), out.end());
    return out;
}

std::optional<SnapshotChunk> SnapshotStore::chunk(std::uint64_t height, std::uint32_t index) const {
    const auto whole = load_whole(*database_, height);
    if (!whole || index >= whole->leaves.size()) return std::nullopt;
    auto bytes = database_->get(chunk_key(height, index));
    if (!bytes) return std::nullopt;  // a crash of the machine took it, or it was just removed
    return SnapshotChunk{.bytes = std::move(*bytes),
                         .path = rfc6962::inclusion_path(whole->leaves, index)};
}

// Its record goes first: what has none is no snapshot any more.
Result<void> SnapshotStore::remove(std::uint64_t height) {
    Batch batch;
    batch.erase(whole_key(height));
    Iterator iterator = database_->iterator();
    for (iterator.seek(chunk_key(height, 0));
         iterator.valid() && iterator.key()[0] == kChunkPrefix &&
         height_in(iterator.key()) == height;
         iterator.next())
        batch.erase(iterator.key());
    return database_->write(batch, true);
}

Result<void> SnapshotStore::remove_unlisted() {
    std::optional<std::uint64_t> last;
    std::vector<std::uint64_t> unlisted;
    Iterator iterator = database_->iterator();
    for (iterator.seek(ByteView(&kChunkPrefix, 1));
         iterator.valid() && iterator.key()[0] == kChunkPrefix;) {
        last = height_in(iterator.key());
        if (!load_whole(*database_, *last)) unlisted.push_back(*last);
        iterator.seek(chunk_key(*last + 1, 0));
    }
    if (auto read = iterator.status(); !read) return read;
    for (const auto height : unlisted)
        if (auto removed = remove(height); !removed) return removed;
    return {};
}

}  // namespace assay
