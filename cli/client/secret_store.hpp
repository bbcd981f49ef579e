// Owns what a later reveal needs: salts and preimages, kept in files of mode 0600 before the
// commitment to them leaves this machine.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "chain/codec/json.hpp"

namespace assay::cli {

class SecretStore {
  public:
    explicit SecretStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // Written, synced and renamed into place. `kind` and `name` are made of letters, digits and
    // dashes. Refuses a name that is there already: a secret is never overwritten.
    Result<std::filesystem::path> save(const std::string& kind, const std::string& name,
                                       const std::string& json) const;
    Result<JsonDocument> load(const std::string& kind, const std::string& name) const;
    // Names of a kind, sorted.
    Result<std::vector<std::string>> names(const std::string& kind) const;

  private:
    std::filesystem::path path_of(const std::string& kind, const std::string& name) const;
    std::filesystem::path folder_;
};

}  // namespace assay::cli
