// Owns the calls of eth_sendRawTransactionSync that wait for their receipt (EIP-7966).
#pragma once

#include <map>
#include <mutex>

#include "rpc/eth/blocks.hpp"

namespace assay::rpc {

// Thread-safe; no thread blocks.
class ReceiptWaits {
  public:
    ReceiptWaits(const Backend& backend, const Blocks& blocks, const EthLimits& limits)
        : backend_(backend), blocks_(blocks), limits_(limits) {}

    // Completes with the receipt, or with the timeout error (code 4, data: the hash).
    void wait(const Hash256& hash, std::uint32_t timeout_ms, Complete complete);
    void publish_block(const FullBlock& block);

  private:
    // Takes the waiting call away; empty where it was answered already.
    Complete take(const Hash256& hash, std::uint64_t ticket);
    bool answer_from_chain(const Hash256& hash, std::uint64_t ticket);

    const Backend& backend_;
    const Blocks& blocks_;
    EthLimits limits_;
    std::mutex mutex_;
    std::uint64_t tickets_ = 0;
    std::multimap<Hash256, std::pair<std::uint64_t, Complete>> waits_;
};

}  // namespace assay::rpc
