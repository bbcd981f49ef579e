// Owns a running node: database, application, engine and servers, started and stopped in order.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "node/home.hpp"

namespace assay::node {

struct Endpoints {
    std::uint16_t rpc_port = 0;
    std::uint16_t comet_port = 0;  // 0: it does not listen
    std::uint64_t chain_id = 0;
    std::string chain_name;
};

inline constexpr const char* kStopped = "stopped before it was ready";

class Node {
  public:
    // Opens the data directory and finishes what a crash interrupted; where it is empty and a
    // header to trust is configured, fetches a snapshot from peers first. Nothing listens when it
    // returns. Fails with kStopped where `stop` was requested meanwhile.
    static Result<std::unique_ptr<Node>> open(const Home& home, LoadedHome loaded,
                                              const std::stop_token& stop);
    ~Node();
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    // Starts the engine, then the servers: of a restored node once it has a whole block, since
    // clients ask for the latest one. `failed` is called once, from any thread, when the node
    // cannot go on; stop() is then due. Fails with kStopped where `stop` was requested meanwhile.
    Result<Endpoints> start(std::function<void(const Error&)> failed, const std::stop_token& stop);
    // Servers first, then the engine after the block it is making.
    void stop();

  private:
    struct Impl;
    explicit Node(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// What `verify` and `replay` print; the error text says what to do. Both need the node stopped.
Result<std::string> verify_home(const Home& home);
Result<std::string> replay_home(const Home& home);

}  // namespace assay::node
