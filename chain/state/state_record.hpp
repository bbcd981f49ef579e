// Owns the stored form of state: the flat records, the ordered copies, and the head.
#pragma once

#include "chain/state/tree_hash.hpp"
#include "chain/store/database.hpp"

namespace assay {

// 's' + path -> leaf hash | u16 key length | key | value;  'o' + key -> value for ordered tables;
// 'h' -> height | root | leaf count. Path order makes a bucket of the tree one short range.
inline constexpr std::uint8_t kRecordPrefix = 's';
inline constexpr std::uint8_t kOrderedPrefix = 'o';
inline constexpr std::uint8_t kHeadKey = 'h';
inline constexpr std::size_t kMaxKeyBytes = 0xFFFF;

using RecordKey = FixedBytes<33>;

RecordKey record_key(const TreePath& path);
Bytes ordered_key(ByteView key);

// Borrowed from the stored bytes it was read from.
struct StoredRecord {
    Hash256 hash;
    ByteView key;
    ByteView value;
};

// Appends to `out` what is stored for the record.
void encode_record(Bytes& out, const Hash256& hash, ByteView key, ByteView value);
// Refuses bytes too short to be a record.
Result<StoredRecord> decode_record(ByteView stored);

// What the last committed batch left.
struct StateHead {
    std::uint64_t height = 0;
    Hash256 root;
    std::uint64_t count = 0;
    friend bool operator==(const StateHead&, const StateHead&) = default;
};

void put_head(Batch& batch, const StateHead& head);
// nullopt where nothing was ever committed.
Result<std::optional<StateHead>> read_head(const Database& database);

}  // namespace assay
