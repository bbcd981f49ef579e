// Owns the CometBFT style RPC of a node: its server and all it stands on.
#pragma once

#include "node/comet_backend.hpp"
#include "node/config.hpp"
#include "rpc/comet/comet_api.hpp"

namespace assay::node {

class CometServer {
  public:
    CometServer(const NodeConfig& config, NodeComet::Parts parts, rpc::RateLimiter& limiter);

    // Fails where the port is taken. Does nothing where the configuration turns it off.
    Result<void> start();
    void stop();
    // 0 where it does not listen.
    std::uint16_t port() const;
    // A block was committed. Returns at once.
    void on_block();

  private:
    bool wanted_;
    bool listening_ = false;
    NodeComet backend_;
    rpc::comet::CometApi api_;
    rpc::Dispatcher dispatcher_;
    rpc::Server server_;
};

}  // namespace assay::node
