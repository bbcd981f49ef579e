// Owns Engine: the replica, on its thread, with all that brings it messages and work.
#pragma once

#include "consensus/engine/replica.hpp"
#include "node/engine_loop.hpp"

namespace assay::node {

class Engine final : public consensus::PeerPort {
  public:
    struct Parts {
        consensus::ChainIdentity identity;
        consensus::ReplicaConfig config;
        Application& app;
        Mempool& mempool;
        consensus::Wal& wal;
        consensus::Signer* signer = nullptr;
    };
    struct Events {
        std::function<void(const consensus::CommittedBlock&)> committed;  // on the engine's thread
        std::function<void(const Error&)> failed;                         // once, from any thread
    };

    explicit Engine(Parts parts);
    ~Engine() override;

    // Finishes what a crash interrupted; before start().
    Result<void> recover();
    void start(Events events);
    // Finishes the block being made.
    void stop();
    // A transaction arrived. Thread-safe.
    void wake();

    bool send(const consensus::PeerId& peer, consensus::Channel channel,
              const Bytes& message) override;
    void report(const consensus::PeerId& peer, consensus::Offence offence) override;
    std::vector<consensus::PeerId> peers() const override;

  private:
    EngineLoop loop_;
    LoopTimers timers_{loop_};
    Events events_;
    consensus::Replica replica_;
    std::atomic<bool> woken_{false};
};

}  // namespace assay::node
