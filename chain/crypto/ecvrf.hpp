// Owns the verifiable random function: ECVRF of RFC 9381 over secp256k1 with SHA-256, points found
// by try and increment, suite 0xFE.
#pragma once

#include "chain/crypto/secp256k1.hpp"

namespace assay::ecvrf {

// Gamma (33 bytes, compressed) | c (16) | s (32), RFC 9381 section 5.5.
using Proof = FixedBytes<81>;
using PublicKey = FixedBytes<33>;  // compressed

// Deterministic (RFC 6979 nonce, section 5.4.2.1); takes constant time in the key. The key must be
// valid.
Proof prove(const crypto::SecretKey& key, ByteView alpha);

// The output for alpha, one for each key: no other proof gives another one. Refuses a public key or
// Gamma that is not a point in compressed form, c = 0, and s outside 0 < s < n: honest provers meet
// the zeros with a chance of 2^-128.
Result<Hash256> verify(ByteView public_key, ByteView alpha, ByteView proof);

// The output of a proof that verify() accepted. Refuses what does not decode.
Result<Hash256> proof_to_hash(ByteView proof);

}  // namespace assay::ecvrf
