// Owns version 3 keystore files, as geth, ethers and other Ethereum wallets write and read them.
#pragma once

#include <string>

#include "chain/crypto/secp256k1.hpp"

namespace assay::cli {

// What is readable without the password.
struct KeystoreHead {
    Address address;
    std::string name;  // ours, empty in files of other wallets
};

// How much work one guess of the password costs.
struct ScryptCost {
    std::uint64_t n = 1 << 17;  // as ethers; 128 MiB, about half a second
    std::uint32_t r = 8;
    std::uint32_t p = 1;
};

// Refuses anything but version 3 with aes-128-ctr, and a file without an address.
Result<KeystoreHead> keystore_head(const std::string& json);
// scrypt and pbkdf2 (hmac-sha256). Refuses a wrong password by name, and a key that does not give
// the address the file claims.
Result<crypto::SecretKey> open_keystore(const std::string& json, const std::string& password);
// A new file's content, with a random salt, counter and id.
std::string seal_keystore(const crypto::SecretKey& key, const std::string& password,
                          const std::string& name, const ScryptCost& cost = {});
// "UTC--2026-01-31T12-00-00.000000000Z--<address>", as geth names its files.
std::string keystore_file_name(const Address& address);

}  // namespace assay::cli
