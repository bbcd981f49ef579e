// Owns BIP-32 private derivation and the BIP-44 path of Ethereum accounts.
#pragma once

#include <string>

#include "chain/crypto/secp256k1.hpp"

namespace assay::cli {

// A private node of the tree.
struct HdKey {
    crypto::SecretKey key;
    FixedBytes<32> chain_code;
};

// Refuses the seeds (fewer than one in 2^127) whose master key is not a valid scalar.
Result<HdKey> master_key(ByteView seed);
// Child `index`; an index of 2^31 and above is hardened.
Result<HdKey> child_key(const HdKey& parent, std::uint32_t index);
// "m/44'/60'/0'/0/3"; ' and h both mean hardened.
Result<crypto::SecretKey> key_at_path(ByteView seed, const std::string& path);
// m/44'/60'/0'/0/index.
std::string account_path(std::uint32_t index);

}  // namespace assay::cli
