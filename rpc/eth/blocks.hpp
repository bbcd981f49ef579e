// Owns access to whole blocks and states by what clients call them: number, tag or hash.
#pragma once

#include <deque>
#include <map>
#include <mutex>

#include "rpc/eth/backend.hpp"
#include "rpc/eth/params.hpp"

namespace assay::rpc {

// A block with everything in it; immutable, shared by readers.
struct FullBlock {
    BlockInfo info;
    std::vector<StoredTx> txs;
    std::vector<Receipt> receipts;
    std::vector<std::uint32_t> first_log;  // of each transaction, counted within the block
};
using FullBlockPtr = std::shared_ptr<const FullBlock>;

// "latest", "safe", "finalized" and "pending" are the newest block: a block here is final.
struct BlockRef {
    enum class Kind { latest, pending, earliest, number, hash };
    Kind kind = Kind::latest;
    std::uint64_t number = 0;
    Hash256 hash;
};

// A tag, a number (hex or JSON integer), a 32-byte hash, or EIP-1898's object.
Result<BlockRef> read_block_ref(const JsonValue& value);

// A state and the block it belongs to.
struct StateAt {
    std::shared_ptr<const StateReader> reader;
    BlockInfo block;
};

// Thread-safe.
class Blocks {
  public:
    Blocks(const Backend& backend, std::size_t cached) : backend_(backend), cached_(cached) {}

    std::uint64_t latest() const { return backend_.index.latest_height().value_or(0); }
    // nothing for a future or unknown block.
    std::optional<std::uint64_t> height_of(const BlockRef& ref) const;
    // nullptr for a future height. Recent ones come from memory.
    FullBlockPtr full(std::uint64_t height) const;
    // The state after the block. Fails for an unknown block and for one whose state is gone.
    Rpc<StateAt> state(const BlockRef& ref) const;

  private:
    const Backend& backend_;
    std::size_t cached_;
    mutable std::mutex mutex_;
    mutable std::map<std::uint64_t, FullBlockPtr> blocks_;
    mutable std::deque<std::uint64_t> order_;
};

}  // namespace assay::rpc
