// Encodes and decodes stored state; a record carries its leaf hash so that neighbours of a changed
// record need no hashing.
#include "chain/state/state_record.hpp"

#include "chain/codec/record.hpp"

namespace assay {

namespace {

constexpr std::size_t kRecordHeader = 32 + 2;
constexpr std::size_t kHeadBytes = 8 + 32 + 8;

std::uint64_t read_u64(ByteView view) {
    std::uint64_t out = 0;
    for (const auto byte : view.first(8)) out = out << 8U | byte;
    return out;
}

}  // namespace

RecordKey record_key(const TreePath& path) {
    RecordKey out;
    out.bytes[0] = kRecordPrefix;
    std::memcpy(out.data() + 1, path.data(), 32);
    return out;
}

Bytes ordered_key(ByteView key) {
    Bytes out;
    out.reserve(key.size() + 1);
    out.push_back(kOrderedPrefix);
    append(out, key);
    return out;
}

void encode_record(Bytes& out, const Hash256& hash, ByteView key, ByteView value) {
    CHECK(key.size() <= kMaxKeyBytes);
    append(out, hash);
    record::put_integer(out, static_cast<std::uint16_t>(key.size()));
    append(out, key);
    append(out, value);
}

Result<StoredRecord> decode_record(ByteView stored) {
    if (stored.size() < kRecordHeader) return failure("a stored record is shorter than its header");
    const std::size_t key_size = static_cast<std::size_t>(stored[32] << 8U | stored[33]);
    if (stored.size() < kRecordHeader + key_size)
        return failure("a stored record is shorter than its key");
    return StoredRecord{Hash256::from(stored.first(32)), stored.subspan(kRecordHeader, key_size),
                        stored.subspan(kRecordHeader + key_size)};
}

void put_head(Batch& batch, const StateHead& head) {
    Bytes value;
    value.reserve(kHeadBytes);
    record::put_integer(value, head.height);
    append(value, head.root);
    record::put_integer(value, head.count);
    batch.put(ByteView(&kHeadKey, 1), value);
}

Result<std::optional<StateHead>> read_head(const Database& database) {
    const auto raw = database.get(ByteView(&kHeadKey, 1));
    if (!raw) return std::optional<StateHead>{};
    if (raw->size() != kHeadBytes) return failure("the stored state head has a wrong length");
    const ByteView view = *raw;
    return std::optional(
        StateHead{read_u64(view), Hash256::from(view.subspan(8, 32)), read_u64(view.subspan(40))});
}

}  // namespace assay
