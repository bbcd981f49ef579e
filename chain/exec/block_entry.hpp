// Owns the entry that a block may begin with: the proof of its proposer's random function (ADR 8).
#pragma once

#include <vector>

#include "chain/crypto/ecvrf.hpp"

namespace assay {

// Every transaction begins with 0x00..0x7f (EIP-2718) or 0xc0..0xff (an RLP list): no entry can be
// taken for one.
inline constexpr std::uint8_t kBlockEntryType = 0xbe;
inline constexpr std::size_t kBlockEntryBytes = 1 + ecvrf::Proof::kSize;

// What the proposer of a block proves, and the key it must use.
struct ProofRequest {
    ecvrf::PublicKey public_key;
    Bytes alpha;
};

inline bool is_block_entry(ByteView raw) {
    return raw.size() == kBlockEntryBytes && raw[0] == kBlockEntryType;
}

inline Bytes encode_block_entry(const ecvrf::Proof& proof) {
    Bytes out{kBlockEntryType};
    append(out, proof);
    return out;
}

// The proof in the first of a block's consensus transactions; empty where there is none.
inline ByteView proof_in(const std::vector<Bytes>& txs) {
    if (txs.empty() || !is_block_entry(txs[0])) return {};
    return ByteView(txs[0]).subspan(1);
}

}  // namespace assay
