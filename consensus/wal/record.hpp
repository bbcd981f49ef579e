// Owns the form of one record of the consensus log and how a segment's bytes are told apart.
#pragma once

#include <functional>
#include <optional>

#include "chain/base/bytes.hpp"
#include "chain/base/result.hpp"

namespace assay::consensus {

// Bytes: magic 4, CRC-32C 4 (of all that follows it), payload length 4, kind 1, zero 3, height 8,
// durable 8, payload; padded with zeros to a multiple of 8. Numbers are little-endian.
inline constexpr std::size_t kWalHeadBytes = 32;
inline constexpr std::uint32_t kWalMagic = 0x4c415752;  // "RWAL"
inline constexpr std::size_t kMaxWalPayload = 64U << 20U;

// Numbers are part of the files; a new kind takes a new one.
enum class WalKind : std::uint8_t {
    block = 1,        // an encoded block that this node is about to sign
    vote = 2,         // an encoded vote, its own or another's
    proposal = 3,     // an encoded proposal
    timeout = 4,      // a timer that fired
    transaction = 5,  // raw, in the journal of the mempool
    seal = 0xff,      // the end of a finished segment; never seen by readers of the log
};

// `payload` borrows the segment that it was read from.
struct WalRecord {
    WalKind kind = WalKind::block;
    std::uint64_t height = 0;
    ByteView payload;
};

// `durable`: how many bytes of the segment were synced when this record was written. It tells a
// torn tail from damage: a broken place that a later record calls durable was once whole.
Bytes encode_wal_record(const WalRecord& record, std::uint64_t durable);

struct WalScan {
    std::uint64_t end = 0;                        // where the whole records end
    bool torn = false;                            // something that is no record follows
    std::optional<std::uint64_t> damaged_before;  // a record that stands behind the broken place
};

// Calls `visit` with each whole record from `start` on, in order.
WalScan scan_wal(ByteView segment, std::uint64_t start,
                 const std::function<void(const WalRecord&)>& visit);

}  // namespace assay::consensus
