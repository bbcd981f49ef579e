// Owns Ethereum transaction envelopes: legacy (EIP-155), access list (EIP-2930), dynamic fee
// (EIP-1559).
#pragma once

#include <optional>
#include <vector>

#include "chain/crypto/secp256k1.hpp"
#include "chain/types/amount.hpp"

namespace assay {

struct AccessEntry {
    Address address;
    std::vector<Hash256> storage_keys;
    friend bool operator==(const AccessEntry&, const AccessEntry&) = default;
};

struct Envelope {
    std::uint8_t type = 2;                  // 0, 1 or 2
    std::optional<std::uint64_t> chain_id;  // empty only for a legacy one without replay protection
    std::uint64_t nonce = 0;
    Amount max_priority_fee_per_gas;  // types 0 and 1: the gas price, as is the next
    Amount max_fee_per_gas;
    std::uint64_t gas_limit = 0;
    std::optional<Address> to;  // empty to create a contract
    Amount value;
    Bytes data;
    std::vector<AccessEntry> access_list;  // empty for type 0
    std::uint8_t y_parity = 0;
    FixedBytes<32> r;
    FixedBytes<32> s;

    // What `gasPrice` shows for types 0 and 1.
    Amount gas_price() const { return max_fee_per_gas; }
    // Legacy: 35 + 2 * chain_id + parity, or 27 + parity without a chain id. Typed: the parity.
    Amount v() const;
    friend bool operator==(const Envelope&, const Envelope&) = default;
};

// Strict: canonical RLP, no trailing bytes, r in range and s in the lower half (EIP-2), nonce below
// 2^64 - 1 (EIP-2681), fees and value at most 2^128 - 1. encode_envelope() gives the input back.
// The error names the field as JSON-RPC spells it.
Result<Envelope> decode_envelope(ByteView raw);

// The signed form; its keccak is the transaction hash. Typed envelopes need a chain id.
Bytes encode_envelope(const Envelope& envelope);
// What the sender signs.
Hash256 signing_hash(const Envelope& envelope);
// Recovers the signer; about 50 us.
Result<Address> sender_of(const Envelope& envelope);
// Fills y_parity, r and s. The key must be valid.
void sign_envelope(Envelope& envelope, const crypto::SecretKey& key);

}  // namespace assay
