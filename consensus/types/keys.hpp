// Owns validator keys: secp256k1, with the address and the signatures CometBFT gives that type.
#pragma once

#include "chain/codec/protobuf.hpp"
#include "chain/crypto/secp256k1.hpp"

namespace assay::consensus {

using ValidatorKey = FixedBytes<33>;        // compressed point
using ConsensusAddress = FixedBytes<20>;    // RIPEMD160(SHA256(key))
using ValidatorSignature = FixedBytes<64>;  // r || s, low s, over the SHA-256 of the message

ConsensusAddress consensus_address(const ValidatorKey& key);
ValidatorSignature sign_message(const crypto::SecretKey& key, ByteView message);
// False as well for a key that is no point of the curve.
bool verify_message(const ValidatorKey& key, ByteView message, const ValidatorSignature& signature);

// tendermint.crypto.PublicKey, a oneof whose member 2 is secp256k1.
void write_key(protobuf::Writer& out, std::uint32_t field, const ValidatorKey& key);
ValidatorKey read_key(protobuf::Reader& in, std::uint32_t field);

}  // namespace assay::consensus
