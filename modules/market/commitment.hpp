// Owns the commitment by which a contributor fixes a submission before showing it.
#pragma once

#include <cstdint>

#include "chain/types/ids.hpp"

namespace assay::market {

// Everything a commitment binds. Order and contributor are in it, so that a copied commitment opens
// for nobody else and nowhere else.
struct CommitmentPreimage {
    std::uint64_t chain_id = 0;
    std::uint64_t order = 0;
    Address contributor;
    std::uint64_t item_count = 0;
    Hash256 root;             // of the item tree
    Hash256 ciphertext_root;  // RFC 6962 root of the encrypted payloads as delivered; may be zero
    Hash256 key_hash;         // SHA-256 of the delivery key; may be zero
    Hash256 salt;
};

// SHA-256("assay/commit/1" | record encoding of the fields in order).
Hash256 commitment_of(const CommitmentPreimage& preimage);

}  // namespace assay::market
