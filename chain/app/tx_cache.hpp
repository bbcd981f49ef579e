// Owns the memory of transactions already checked, so that a block recovers no signature twice.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>
#include <mutex>

#include "chain/exec/checked_tx.hpp"

namespace assay {

// Thread-safe; forgets the oldest beyond `capacity`. Keyed by the SHA-256 of the raw bytes.
class TxCache {
  public:
    explicit TxCache(std::size_t capacity) : capacity_(capacity) {}

    void insert(CheckedTxPtr tx);
    // nullptr where it was never seen or is forgotten.
    CheckedTxPtr find(const Hash256& sha256) const;
    void erase(const std::vector<CheckedTxPtr>& txs);

  private:
    std::size_t capacity_;
    mutable std::mutex mutex_;
    boost::unordered_flat_map<Hash256, CheckedTxPtr, FixedBytesHash> by_hash_;
    std::deque<Hash256> order_;
};

}  // namespace assay
