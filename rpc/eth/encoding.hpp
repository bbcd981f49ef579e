// Owns the JSON spelling of Ethereum values: quantities, data, hashes (EIP-1474).
#pragma once

#include "chain/types/amount.hpp"
#include "chain/types/ids.hpp"
#include "rpc/server/json.hpp"

namespace assay::rpc {

// "0x0", "0x1f4": no leading zeros.
std::string quantity_of(Amount value);
void put_quantity(JsonWriter& out, Amount value);
// Big-endian bytes as a quantity: signature parts.
void put_quantity(JsonWriter& out, ByteView big_endian);
// "0x" and all bytes.
void put_data(JsonWriter& out, ByteView bytes);

inline void put_quantity(JsonWriter& out, std::string_view key, Amount value) {
    put_key(out, key);
    put_quantity(out, value);
}
inline void put_data(JsonWriter& out, std::string_view key, ByteView bytes) {
    put_key(out, key);
    put_data(out, bytes);
}
inline void put_null(JsonWriter& out, std::string_view key) {
    put_key(out, key);
    out.Null();
}

// A quantity as clients send it: 0x hex (leading zeros tolerated), or a whole JSON number.
Result<Amount> read_quantity(const JsonValue& value);
Result<std::uint64_t> read_uint(const JsonValue& value);
// 0x hex of any length.
Result<Bytes> read_data(const JsonValue& value);
Result<Hash256> read_hash(const JsonValue& value);
// 20 bytes of hex in any case.
Result<Address> read_address(const JsonValue& value);

}  // namespace assay::rpc
