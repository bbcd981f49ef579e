// Owns the journal of waiting transactions, so that a restart forgets none that was accepted.
#pragma once

#include <functional>
#include <mutex>

#include "consensus/disk/disk.hpp"
#include "consensus/mempool/mempool.hpp"

namespace assay {

// Raw transactions in one file, in the log's record form. Written, not synced: it outlives the
// process, and may lose its last moments when the machine fails. Thread-safe.
class MempoolJournal {
  public:
    // Reads what an earlier process left and calls `visit` with each raw transaction in order of
    // acceptance; whatever follows a damaged place is lost. Grows to `max_bytes` between rewrites.
    static Result<std::unique_ptr<MempoolJournal>> open(
        consensus::Disk& disk, std::string path, std::uint64_t max_bytes,
        const std::function<void(Bytes raw)>& visit);

    Result<void> add(const CheckedTx& tx);
    // Once the file has outgrown its limit: writes anew what still waits. Call after each block.
    Result<void> trim(const Mempool& mempool);
    std::uint64_t bytes() const;

  private:
    MempoolJournal(consensus::Disk& disk, std::string path, std::uint64_t max_bytes)
        : disk_(disk), path_(std::move(path)), max_bytes_(max_bytes), limit_(max_bytes) {}
    Result<void> replace(ByteView content);

    consensus::Disk& disk_;
    std::string path_;
    std::uint64_t max_bytes_;
    std::uint64_t limit_;  // at which the next rewrite is due
    mutable std::mutex mutex_;
    std::unique_ptr<consensus::DiskFile> file_;
    std::uint64_t end_ = 0;
};

}  // namespace assay
