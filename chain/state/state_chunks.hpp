// Owns the portable form of the state: all records in path order, cut into chunks of bounded size.
#pragma once

#include <memory>

#include "chain/state/state_record.hpp"

namespace assay {

// A chunk never exceeds this; it ends where the next record would.
inline constexpr std::size_t kStateChunkBytes = 1U << 20U;

// u16 key length | key | u32 value length | value, a record after the other, by rising path. Paths
// and leaf hashes are computed again by whoever reads. Two nodes with the same state make the same
// chunks.
class StateExport {
  public:
    explicit StateExport(const std::shared_ptr<const Snapshot>& snapshot);
    // Empty after the last. Fails at a damaged record, which must not travel, and at one that is
    // larger than a chunk.
    Result<Bytes> next();
    std::uint64_t records() const { return records_; }

  private:
    Iterator iterator_;
    std::uint64_t records_ = 0;
};

// Adds the chunk's records to the batch as a store keeps them, and returns how many. Refuses what
// StateExport cannot have made; the batch is then of no use.
Result<std::uint64_t> stage_state_chunk(ByteView chunk, Batch& batch);

// A store that is being filled carries a mark until StateStore::adopt() has taken it over.
bool holds_partial_state(const Database& database);
void mark_partial_state(Batch& batch);
void unmark_partial_state(Batch& batch);
// Removes records and mark. Bounded memory; may be cut short at any point and called again.
Result<void> discard_partial_state(Database& database);

}  // namespace assay
