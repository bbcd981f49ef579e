// Owns reading a validator's key file, which proves to the chain who runs the validator.
#pragma once

#include <filesystem>

#include "chain/crypto/secp256k1.hpp"

namespace assay::cli {

// The key in a node's priv_validator_key.json. Refuses keys of other kinds and a file whose public
// key is not that of the private one.
Result<crypto::SecretKey> read_validator_key(const std::filesystem::path& file);

}  // namespace assay::cli
