// Owns PosixDisk: the machine's own file system behind the Disk port.
#pragma once

#include "consensus/disk/disk.hpp"

namespace assay::consensus {

// Errors name the call, the file and the system's reason.
class PosixDisk final : public Disk {
  public:
    Result<void> make_directory(const std::string& path) override;
    Result<std::vector<std::string>> list(const std::string& path) const override;
    bool exists(const std::string& path) const override;
    Result<std::unique_ptr<DiskFile>> open(const std::string& path) override;
    Result<std::unique_ptr<DiskFile>> create(const std::string& path) override;
    Result<void> rename(const std::string& from, const std::string& to) override;
    Result<void> remove(const std::string& path) override;
    Result<void> sync_directory(const std::string& path) override;
};

}  // namespace assay::consensus
