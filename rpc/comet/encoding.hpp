// Owns CometBFT's JSON forms of plain values: 64-bit integers, hashes, bytes, times and text.
#pragma once

#include <optional>
#include <string>

#include "chain/codec/base64.hpp"
#include "chain/types/block_time.hpp"
#include "chain/types/ids.hpp"
#include "rpc/server/json.hpp"

namespace assay::rpc::comet {

std::string upper_hex(ByteView data);
// "2023-11-14T22:13:26.12Z": as many digits of the fraction as count, none for whole seconds.
std::string rfc3339(const BlockTime& time);

// As Go's encoding/json writes text: <, > and & are escaped too.
void put_text(JsonWriter& out, std::string_view text);
inline void put_int64(JsonWriter& out, std::int64_t value) {
    put_string(out, std::to_string(value));
}
inline void put_hex(JsonWriter& out, ByteView data) {
    put_string(out, upper_hex(data));
}
// null where there is nothing, as for a nil slice.
void put_bytes(JsonWriter& out, ByteView data);
inline void put_time(JsonWriter& out, const BlockTime& time) {
    put_string(out, rfc3339(time));
}

// Members.
inline void put_int64(JsonWriter& out, std::string_view key, std::int64_t value) {
    put_key(out, key);
    put_int64(out, value);
}
inline void put_uint64(JsonWriter& out, std::string_view key, std::uint64_t value) {
    put_key(out, key);
    put_string(out, std::to_string(value));
}
inline void put_number(JsonWriter& out, std::string_view key, std::int64_t value) {
    put_key(out, key);
    out.Int64(value);
}
inline void put_hex(JsonWriter& out, std::string_view key, ByteView data) {
    put_key(out, key);
    put_hex(out, data);
}
inline void put_bytes(JsonWriter& out, std::string_view key, ByteView data) {
    put_key(out, key);
    put_bytes(out, data);
}
inline void put_time(JsonWriter& out, std::string_view key, const BlockTime& time) {
    put_key(out, key);
    put_time(out, time);
}
inline void put_text(JsonWriter& out, std::string_view key, std::string_view text) {
    put_key(out, key);
    put_text(out, text);
}

}  // namespace assay::rpc::comet
