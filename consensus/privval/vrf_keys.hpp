// Owns the file of a validator's VRF keys and the prover that reads it.
#pragma once

#include <vector>

#include "consensus/disk/disk.hpp"
#include "consensus/privval/vrf_prover.hpp"

namespace assay::consensus {

// The key that counts and the ones to come; while a new one waits, both are needed.
inline constexpr std::size_t kMaxVrfKeys = 8;

// {"keys": [{"public_key": "<hex>", "secret_key": "<hex>"}, ...]}, the newest last.
std::string vrf_file_text(const std::vector<crypto::SecretKey>& keys);
// Refuses anything else, a public key that is not the secret's, and two alike.
Result<std::vector<crypto::SecretKey>> parse_vrf_file(std::string_view text);

// Writes a new file that only its owner may read. Refuses to replace one.
Result<void> save_vrf_file(Disk& disk, const std::string& path, const crypto::SecretKey& key);
// Appends a key in one atomic replacement: the old ones stay, for they may still count.
Result<void> add_to_vrf_file(Disk& disk, const std::string& path, const crypto::SecretKey& key);
Result<std::vector<crypto::SecretKey>> load_vrf_file(Disk& disk, const std::string& path);

class FileVrfProver final : public VrfProver {
  public:
    explicit FileVrfProver(std::vector<crypto::SecretKey> keys);
    std::optional<ecvrf::Proof> prove(const ecvrf::PublicKey& key, ByteView alpha) override;
    // The last of the file: the one to register.
    const ecvrf::PublicKey& newest() const { return held_.back().public_key; }

  private:
    struct Held {
        ecvrf::PublicKey public_key;
        crypto::SecretKey secret;
    };
    std::vector<Held> held_;
};

}  // namespace assay::consensus
