// Owns the validator's key file, in the shape of CometBFT's priv_validator_key.json.
#pragma once

#include "chain/crypto/secp256k1.hpp"
#include "consensus/disk/disk.hpp"

namespace assay::consensus {

// {address, pub_key, priv_key} with type tendermint/PubKeySecp256k1 and base64 values.
std::string key_file_text(const crypto::SecretKey& key);
// Refuses other key types and an address or public key that does not belong to the private key.
Result<crypto::SecretKey> parse_key_file(std::string_view text);

// Writes a new file that only its owner may read. Refuses to replace one.
Result<void> save_key_file(Disk& disk, const std::string& path, const crypto::SecretKey& key);
Result<crypto::SecretKey> load_key_file(Disk& disk, const std::string& path);

}  // namespace assay::consensus
