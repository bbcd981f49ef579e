// Owns Disk: the port through which consensus keeps what must survive a crash.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chain/base/bytes.hpp"
#include "chain/base/result.hpp"

namespace assay::consensus {

// An open file. What was written is durable after sync() returned, and only then.
class DiskFile {
  public:
    virtual ~DiskFile() = default;
    virtual std::uint64_t size() const = 0;
    // Exactly `size` bytes from `offset`; fails where the file is shorter.
    virtual Result<Bytes> read(std::uint64_t offset, std::size_t size) const = 0;
    // Overwrites or extends. `offset` is at most size().
    virtual Result<void> write(std::uint64_t offset, ByteView data) = 0;
    // Cuts off, or extends with zeros that are really written, so that later writes in that range
    // change no metadata.
    virtual Result<void> resize(std::uint64_t size) = 0;
    virtual Result<void> sync() = 0;
};

class Disk {
  public:
    virtual ~Disk() = default;
    // Makes the directory and its parents, durably.
    virtual Result<void> make_directory(const std::string& path) = 0;
    // Names of the files in a directory, sorted.
    virtual Result<std::vector<std::string>> list(const std::string& path) const = 0;
    virtual bool exists(const std::string& path) const = 0;
    virtual Result<std::unique_ptr<DiskFile>> open(const std::string& path) = 0;
    // A new empty file that only its owner may read; fails where there is one. Its name is durable
    // after sync_directory().
    virtual Result<std::unique_ptr<DiskFile>> create(const std::string& path) = 0;
    virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
    virtual Result<void> remove(const std::string& path) = 0;
    virtual Result<void> sync_directory(const std::string& path) = 0;
};

// The directory part of a path; "." where it has none.
std::string directory_of(const std::string& path);

// Replaces the whole content durably: a crash leaves the old content or the new.
Result<void> replace_file(Disk& disk, const std::string& path, ByteView content);

}  // namespace assay::consensus
