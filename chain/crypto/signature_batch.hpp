// Owns the joint check of many recoverable signatures whose keys somebody claims to know: a third
// of the work of recovering each, where keys signed several times (ADR 14).
#pragma once

#include <span>
#include <vector>

#include "chain/crypto/secp256k1.hpp"

namespace assay::crypto {

// That recover(digest, signature) is keys[key].
struct SignerClaim {
    Hash256 digest;
    RecoverableSignature signature;
    std::uint32_t key = 0;
};

// True only where every claim holds (but for a chance of 2^-128 that nobody can influence without
// as many trials). False says that some claim does not hold, or that one of them cannot be judged
// this way: recover each then. Pure: the coefficients are drawn from a hash of all that is claimed.
bool all_hold(std::span<const PublicKey> keys, std::span<const SignerClaim> claims);

}  // namespace assay::crypto
