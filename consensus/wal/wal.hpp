// Owns the consensus log: what this node decided to do, durable before anybody hears of it.
#pragma once

#include "consensus/disk/disk.hpp"
#include "consensus/wal/record.hpp"

namespace assay::consensus {

struct WalOptions {
    std::string directory;
    std::uint64_t segment_bytes = 16U << 20U;  // written out ahead, so that syncs touch no metadata
};

// Segments named wal-<first height>.log. One thread at a time. After a failed write or sync every
// call fails: what the disk holds is known again only after open().
class Wal {
  public:
    // Cuts off a torn tail. Refuses a log that is damaged where it was once durable; the error
    // names the file, the offset and what to do.
    static Result<std::unique_ptr<Wal>> open(Disk& disk, WalOptions options);

    // Heights never fall. Not durable before sync().
    Result<void> append(WalKind kind, std::uint64_t height, ByteView payload);
    Result<void> sync();
    // Calls `visit` with every record of `from_height` and above, in the order of appending.
    Result<void> replay(std::uint64_t from_height,
                        const std::function<void(const WalRecord&)>& visit) const;
    // Removes the segments that hold nothing of `height` or above.
    Result<void> prune(std::uint64_t height);

    std::size_t segments() const { return first_heights_.size(); }

  private:
    Wal(Disk& disk, WalOptions options) : disk_(disk), options_(std::move(options)) {}

    std::string path_of(std::uint64_t first_height) const;
    Result<void> find_segments();
    Result<void> check_segment(std::uint64_t first_height, bool newest);
    Result<void> start_segment(std::uint64_t first_height);
    Result<void> seal_segment();
    Result<void> write(WalKind kind, std::uint64_t height, ByteView payload);
    Result<void> noted(Result<void> outcome);

    Disk& disk_;
    WalOptions options_;
    std::vector<std::uint64_t> first_heights_;  // ascending, one a segment
    std::unique_ptr<DiskFile> file_;            // the newest segment
    std::uint64_t end_ = 0;
    std::uint64_t durable_ = 0;
    std::uint64_t last_height_ = 0;
    bool broken_ = false;
};

}  // namespace assay::consensus
