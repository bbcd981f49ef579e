// Owns encode() and decode() of every consensus structure and the wire form of a time.
#pragma once

#include "chain/codec/protobuf.hpp"
#include "chain/types/block_time.hpp"

namespace assay::consensus {

// Go's zero time, 0001-01-01T00:00:00Z: what an absent signature carries as its time.
inline constexpr BlockTime kGoZeroTime{-62'135'596'800, 0};
// google.protobuf.Timestamp ends before the year 10000.
inline constexpr std::int64_t kEndOfTime = 253'402'300'800;

void write_time(protobuf::Writer& out, std::uint32_t field, const BlockTime& time);
// Refuses nanoseconds outside 0..999,999,999 and years outside 1..9999.
BlockTime read_time(protobuf::Reader& in, std::uint32_t field);

// For every T with write(Writer&, const T&) and read(Reader&, T&).
template <class T>
Bytes encode(const T& value) {
    protobuf::Writer out;
    write(out, value);
    return out.take();
}

// Strict: whatever it takes encodes back to the same bytes.
template <class T>
Result<T> decode(ByteView data) {
    protobuf::Reader in(data);
    T out;
    read(in, out);
    const auto done = in.finish();
    if (!done) return failure(std::string(T::kName) + ": " + done.error().message);
    return out;
}

}  // namespace assay::consensus
