// Chunks out of a version of the store, and records out of chunks.
#include "chain/state/state_chunks.hpp"

#include "chain/codec/record.hpp"
#include "chain/state/state.hpp"

namespace assay {

namespace {

constexpr std::uint8_t kPartialKey = 'p';
constexpr std::size_t kEraseBatchBytes = 1U << 20U;
constexpr std::size_t kFrameBytes = 2 + 4;

// What a stored record says, if its hash fits it.
Result<StoredRecord> sound_record(ByteView stored_key, ByteView stored) {
    if (stored_key.size() != RecordKey::kSize)
        return failure("a stored record has a key of the wrong length");
    auto record = decode_record(stored);
    if (!record) return record.error();
    const TreePath path = TreePath::from(stored_key.subspan(1));
    if (path != path_of(record->key) || record->hash != leaf_hash(path, record->value))
        return failure("record " + to_hex0x(record->key) + " is damaged");
    return record;
}

class ChunkReader {
  public:
    explicit ChunkReader(ByteView chunk) : rest_(chunk) {}
    bool done() const { return rest_.empty(); }
    // False where the chunk ends inside a record.
    bool read(ByteView& key, ByteView& value) { return part(2, key) && part(4, value); }

  private:
    bool part(std::size_t length_bytes, ByteView& out) {
        if (rest_.size() < length_bytes) return false;
        std::size_t length = 0;
        for (const auto byte : rest_.first(length_bytes)) length = length << 8U | byte;
        rest_ = rest_.subspan(length_bytes);
        if (rest_.size() < length) return false;
        out = rest_.first(length);
        rest_ = rest_.subspan(length);
        return true;
    }
    ByteView rest_;
};

Result<void> erase_prefix(Database& database, std::uint8_t prefix) {
    Iterator iterator = database.iterator();
    Batch batch;
    for (iterator.seek(ByteView(&prefix, 1)); iterator.valid() && iterator.key()[0] == prefix;
         iterator.next()) {
        batch.erase(iterator.key());
        if (batch.bytes() < kEraseBatchBytes) continue;
        if (auto written = database.write(batch, false); !written) return written;
        batch.clear();
    }
    if (auto read = iterator.status(); !read) return read;
    return database.write(batch, true);
}

}  // namespace

StateExport::StateExport(const std::shared_ptr<const Snapshot>& snapshot)
    : iterator_(snapshot->iterator()) {
    iterator_.seek(ByteView(&kRecordPrefix, 1));
}

Result<Bytes> StateExport::next() {
    Bytes out;
    out.reserve(kStateChunkBytes);
    while (iterator_.valid() && iterator_.key()[0] == kRecordPrefix) {
        const auto record = sound_record(iterator_.key(), iterator_.value());
        if (!record) return record.error();
        const std::size_t size = kFrameBytes + record->key.size() + record->value.size();
        if (size > kStateChunkBytes)
            return failure("record " + to_hex0x(record->key) + " has " + std::to_string(size) +
                           " bytes; a chunk holds " + std::to_string(kStateChunkBytes));
        if (out.size() + size > kStateChunkBytes) return out;
        record::put_integer(out, static_cast<std::uint16_t>(record->key.size()));
        append(out, record->key);
        record::put_integer(out, static_cast<std::uint32_t>(record->value.size()));
        append(out, record->value);
        ++records_;
        iterator_.next();
    }
    if (auto read = iterator_.status(); !read) return read.error();
    return out;
}

Result<std::uint64_t> stage_state_chunk(ByteView chunk, Batch& batch) {
    if (chunk.empty()) return failure("state chunk: is empty");
    if (chunk.size() > kStateChunkBytes)
        return failure("state chunk: has " + std::to_string(chunk.size()) +
                       " bytes; the limit is " + std::to_string(kStateChunkBytes));
    ChunkReader reader(chunk);
    std::optional<TreePath> last;
    std::uint64_t records = 0;
    Bytes scratch;
    for (ByteView key, value; !reader.done(); ++records) {
        if (!reader.read(key, value)) return failure("state chunk: ends inside a record");
        if (key.empty()) return failure("state chunk: a record has no key");
        const TreePath path = path_of(key);
        if (last && path <= *last) return failure("state chunk: records are not in order");
        last = path;
        scratch.clear();
        encode_record(scratch, leaf_hash(path, value), key, value);
        batch.put(record_key(path), scratch);
        if (is_ordered_key(key)) batch.put(ordered_key(key), value);
    }
    return records;
}

bool holds_partial_state(const Database& database) {
    return database.get(ByteView(&kPartialKey, 1)).has_value();
}

void mark_partial_state(Batch& batch) {
    batch.put(ByteView(&kPartialKey, 1), Bytes{1});
}

void unmark_partial_state(Batch& batch) {
    batch.erase(ByteView(&kPartialKey, 1));
}

Result<void> discard_partial_state(Database& database) {
    for (const std::uint8_t prefix : {kRecordPrefix, kOrderedPrefix})
        if (auto erased = erase_prefix(database, prefix); !erased) return erased;
    Batch batch;
    unmark_partial_state(batch);
    return database.write(batch, true);
}

}  // namespace assay
