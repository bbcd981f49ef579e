// Owns what the node measures about itself and the port where Prometheus reads it.
#pragma once

#include "chain/app/claimed_senders.hpp"
#include "consensus/mempool/mempool.hpp"
#include "node/config.hpp"
#include "node/engine.hpp"
#include "node/timed_app.hpp"
#include "rpc/eth/blocks.hpp"
#include "rpc/server/server.hpp"

namespace assay::node {

// What is read for each answer. All must outlive the metrics.
struct Measured {
    const rpc::Blocks& blocks;
    const Mempool& mempool;
    const BlockTimes& times;
    const rpc::Dispatcher& calls;
    const rpc::Server& server;
    const Engine& engine;
    const ClaimedSenders& claimed_senders;
    std::uint64_t first_height = 0;  // transactions are counted from the block after it
};

class NodeMetrics {
  public:
    NodeMetrics(const NodeConfig::Metrics& config, Measured measured, rpc::WorkerPool& workers,
                rpc::RateLimiter& limiter);

    // Fails where the port is taken; does nothing where it is 0.
    Result<void> start();
    void stop();
    // Counts the transactions of blocks that were committed. Thread-safe.
    void count_blocks();
    std::string text() const;

  private:
    Measured measured_;
    std::mutex counting_;
    std::uint64_t next_height_;
    std::atomic<std::uint64_t> committed_{0};
    std::atomic<std::uint64_t> refused_{0};
    rpc::Dispatcher none_;
    std::unique_ptr<rpc::Server> server_;
};

}  // namespace assay::node
