// Owns the record of what was signed last, in two slots of which one is always whole.
#pragma once

#include "consensus/disk/disk.hpp"
#include "consensus/types/vote.hpp"

namespace assay::consensus {

enum class SignStep : std::uint8_t { none = 0, propose = 1, prevote = 2, precommit = 3 };

struct SignRecord {
    static constexpr const char* kName = "sign record";
    std::uint64_t sequence = 0;  // the slot with the higher one is the newer
    std::int64_t height = 0;
    std::int32_t round = 0;
    SignStep step = SignStep::none;
    Bytes sign_bytes;
    ValidatorSignature signature;
    friend bool operator==(const SignRecord&, const SignRecord&) = default;
};

inline constexpr std::size_t kSignSlotBytes = 4096;  // a sector or more: slots tear apart

// The file of slots. A write goes to the older slot and is durable when store() returns.
class SignState {
  public:
    // A new file that remembers nothing. Refuses to replace one.
    static Result<SignState> create(Disk& disk, const std::string& path);
    // Takes the newer whole slot. Refuses when both are damaged or the file is missing, since then
    // nobody knows what was signed.
    static Result<SignState> open(Disk& disk, const std::string& path);

    const SignRecord& last() const { return last_; }
    // Numbers the record and makes it the last. On failure the last one stays.
    Result<void> store(SignRecord record);

  private:
    SignState(std::unique_ptr<DiskFile> file, SignRecord last)
        : file_(std::move(file)), last_(std::move(last)) {}

    std::unique_ptr<DiskFile> file_;
    SignRecord last_;
};

}  // namespace assay::consensus
