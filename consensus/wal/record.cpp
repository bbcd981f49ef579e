// Encoding of log records, and the search for whole records behind a broken one.
#include "consensus/wal/record.hpp"

#include "chain/crypto/crc32c.hpp"

namespace assay::consensus {

namespace {

void put_le(Bytes& out, std::uint64_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i)
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

template <class T>
T get_le(ByteView in, std::uint64_t at) {
    T out = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        out = static_cast<T>(out | (static_cast<T>(in[at + i]) << (8 * i)));
    return out;
}

std::uint64_t padded(std::uint64_t size) {
    return (size + 7) / 8 * 8;
}

struct Found {
    WalRecord record;
    std::uint64_t durable = 0;
    std::uint64_t next = 0;
};

std::optional<Found> record_at(ByteView segment, std::uint64_t at) {
    if (segment.size() - at < kWalHeadBytes) return std::nullopt;
    if (get_le<std::uint32_t>(segment, at) != kWalMagic) return std::nullopt;
    const std::uint64_t length = get_le<std::uint32_t>(segment, at + 8);
    if (length > kMaxWalPayload || padded(kWalHeadBytes + length) > segment.size() - at)
        return std::nullopt;
    Found out;
    out.next = at + padded(kWalHeadBytes + length);
    if (get_le<std::uint32_t>(segment, at + 4) !=
        crc32c(segment.subspan(at + 8, out.next - at - 8)))
        return std::nullopt;
    out.record.kind = static_cast<WalKind>(segment[at + 12]);
    out.record.height = get_le<std::uint64_t>(segment, at + 16);
    out.durable = get_le<std::uint64_t>(segment, at + 24);
    out.record.payload = segment.subspan(at + kWalHeadBytes, length);
    return out;
}

}  // namespace

Bytes encode_wal_record(const WalRecord& record, std::uint64_t durable) {
    CHECK(record.payload.size() <= kMaxWalPayload);
    Bytes out;
    out.reserve(padded(kWalHeadBytes + record.payload.size()));
    put_le(out, kWalMagic, 4);
    put_le(out, 0, 4);
    put_le(out, record.payload.size(), 4);
    put_le(out, static_cast<std::uint8_t>(record.kind), 4);
    put_le(out, record.height, 8);
    put_le(out, durable, 8);
    append(out, record.payload);
    out.resize(padded(out.size()));
    const std::uint32_t checksum = crc32c(ByteView(out).subspan(8));
    for (std::size_t i = 0; i < 4; ++i) out[4 + i] = static_cast<std::uint8_t>(checksum >> (8 * i));
    return out;
}

WalScan scan_wal(ByteView segment, std::uint64_t start,
                 const std::function<void(const WalRecord&)>& visit) {
    WalScan out;
    out.end = start;
    while (const auto found = record_at(segment, out.end)) {
        visit(found->record);
        out.end = found->next;
    }
    for (std::uint64_t at = out.end; at < segment.size(); ++at)
        if (segment[at] != 0) {
            out.torn = true;
            break;
        }
    if (!out.torn) return out;
    for (std::uint64_t at = padded(out.end + 1); at + kWalHeadBytes <= segment.size(); at += 8) {
        const auto found = record_at(segment, at);
        if (found && found->durable > out.end) {
            out.damaged_before = at;
            break;
        }
    }
    return out;
}

}  // namespace assay::consensus
