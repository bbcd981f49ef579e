// Owns the folder of keystore files: listing, finding by address or name, adding.
#pragma once

#include <filesystem>
#include <vector>

#include "cli/keys/keystore.hpp"
#include "cli/terminal/arguments.hpp"

namespace assay::cli {

struct StoredKey {
    std::filesystem::path file;
    Address address;
    std::string name;
};

class Keyring {
  public:
    explicit Keyring(std::filesystem::path folder) : folder_(std::move(folder)) {}

    const std::filesystem::path& folder() const { return folder_; }
    // Sorted by file name, so oldest first. Files that are no keystores are passed over.
    Result<std::vector<StoredKey>> list() const;
    // `wanted` is an address, the beginning of one (0x and at least four digits), a name, or empty
    // where the folder holds one key only. Names what to do where nothing or several match.
    Result<StoredKey> find(const std::string& wanted) const;
    Result<crypto::SecretKey> open(const StoredKey& key, const std::string& password) const;
    // Writes a new file of mode 0600. Refuses an address or a name that is there already.
    Result<StoredKey> add(const crypto::SecretKey& key, const std::string& password,
                          const std::string& name, const ScryptCost& cost = {}) const;

  private:
    std::filesystem::path folder_;
};

// EIP-55 mixed case.
std::string checksummed(const Address& address);
// Hex of 20 bytes; where its letters are of mixed case the EIP-55 checksum must hold.
Result<Address> parse_address(const std::string& text);

// --keys-dir and --password-file.
std::vector<Flag> keyring_flags();
Keyring keyring_of(const Arguments& arguments);
// From --password-file, $ASSAY_PASSWORD or the terminal. `twice` asks again for a new password.
Outcome<std::string> password_of(const Arguments& arguments, const std::string& question,
                                 bool twice);

}  // namespace assay::cli
