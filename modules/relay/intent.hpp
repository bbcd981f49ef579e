// Owns what makes an intent somebody's own: its domain, its digest, its signature.
#pragma once

#include "chain/codec/eip712.hpp"
#include "chain/crypto/secp256k1.hpp"

namespace assay::relay {

inline constexpr std::size_t kSignatureBytes = 65;

// Name "Assay", version "1", the chain's id and this module's address.
eip712::Domain intent_domain(std::uint64_t chain_id);
// Of a signature as wallets give it: r, s, v with v 27 or 28 (0 and 1 are taken too). Fails where
// it is none or belongs to nobody.
Result<Address> signer_of(const Hash256& digest, ByteView signature);
// The 65 bytes of a signature.
Bytes signature_bytes(const crypto::RecoverableSignature& signature);

}  // namespace assay::relay
