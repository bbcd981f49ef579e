// Owns what the Ethereum methods stand on: the chain's readers and the ports to the node.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "chain/exec/executor.hpp"
#include "chain/index/chain_index.hpp"
#include "chain/state/state_store.hpp"
#include "rpc/server/worker_pool.hpp"

namespace assay::rpc {

// A sender's waiting transactions: those that a next block may take, and those behind a gap.
struct WaitingTxs {
    Address sender;
    std::vector<CheckedTxPtr> pending;
    std::vector<CheckedTxPtr> queued;
};

// Port to the engine's mempool. Thread-safe.
class TxPool {
  public:
    virtual ~TxPool() = default;
    // Checks, keeps and gossips; the transaction's hash. Refusals carry geth's texts.
    virtual boost::system::result<Hash256, TxRejection> submit(Bytes raw) = 0;
    // The nonce after the sender's ready transactions; account_nonce where there are none.
    virtual std::uint64_t next_nonce(const Address& sender, std::uint64_t account_nonce) const = 0;
    // nullptr where it does not wait here.
    virtual CheckedTxPtr find(const Hash256& hash) const = 0;
    virtual std::vector<WaitingTxs> content() const = 0;
    // (pending, queued).
    virtual std::pair<std::size_t, std::size_t> counts() const = 0;
};

struct SyncProgress {
    std::uint64_t starting_block = 0;
    std::uint64_t current_block = 0;
    std::uint64_t highest_block = 0;
};

// References must outlive every server that uses them.
struct Backend {
    const ChainIndex& index;
    const StateStore& store;
    const Registry& registry;
    const TxChecker& checker;
    const Executor& executor;
    TxPool& pool;
    WorkerPool& workers;
    std::string client_version;                            // "assayd/v0.1.0"
    std::function<std::optional<SyncProgress>()> syncing;  // nothing when caught up
    std::function<std::size_t()> peer_count;
};

struct EthLimits {
    std::uint64_t log_blocks = 10'000;  // range of one log query
    std::size_t log_results = 10'000;
    std::size_t log_addresses = 1'000;
    std::size_t log_topics = 1'000;  // alternatives at one position
    std::size_t filters = 10'000;
    std::uint32_t filter_life_ms = 300'000;
    std::size_t filter_hashes = 10'000;  // pending hashes kept for one filter
    std::size_t subscriptions = 100;     // of one connection
    std::uint64_t fee_history_blocks = 1'024;
    std::size_t waits = 10'000;  // eth_sendRawTransactionSync in progress
    std::uint32_t wait_default_ms = 2'000;
    std::uint32_t wait_max_ms = 60'000;
    std::size_t cached_blocks = 64;
    std::uint64_t search_blocks = 20'000;  // of one Otterscan search
};

}  // namespace assay::rpc
