// Owns the Ethereum JSON-RPC: everything its methods share, and the news that the node tells it.
#pragma once

#include "rpc/eth/caller.hpp"
#include "rpc/eth/filters.hpp"
#include "rpc/eth/receipt_waits.hpp"
#include "rpc/eth/subscriptions.hpp"
#include "rpc/server/dispatcher.hpp"

namespace assay::rpc {

// Lives as long as the servers that use it.
class EthApi {
  public:
    EthApi(Backend backend, EthLimits limits);
    EthApi(const EthApi&) = delete;
    EthApi& operator=(const EthApi&) = delete;

    // Adds every eth_, net_, web3_, txpool_, ots_ and erigon_ method.
    void add_methods(Dispatcher& dispatcher);

    // A block was committed and can be read. Returns at once; the work is done on RPC threads.
    void on_block();
    // A transaction was accepted into the mempool. Costs nothing while nobody listens.
    void on_pending(const CheckedTxPtr& tx);

    const Backend backend;
    const EthLimits limits;
    Blocks blocks;
    FilterTable filters;
    Subscriptions subscriptions;
    ReceiptWaits waits;

  private:
    void publish();

    std::mutex publishing_;
    std::uint64_t next_published_;
};

// One group of methods each; called by add_methods().
void add_node_methods(Dispatcher& dispatcher, EthApi& api);
void add_block_methods(Dispatcher& dispatcher, EthApi& api);
void add_tx_methods(Dispatcher& dispatcher, EthApi& api);
void add_state_methods(Dispatcher& dispatcher, EthApi& api);
void add_fee_methods(Dispatcher& dispatcher, EthApi& api);
void add_log_methods(Dispatcher& dispatcher, EthApi& api);
void add_send_methods(Dispatcher& dispatcher, EthApi& api);
void add_pool_methods(Dispatcher& dispatcher, EthApi& api);
void add_otterscan_methods(Dispatcher& dispatcher, EthApi& api);

}  // namespace assay::rpc
