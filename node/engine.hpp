// Owns Engine: the replica on its thread, the peers that speak to it, and what keeps it up with
// them.
#pragma once

#include <mutex>

#include "consensus/gossip/tx_gossip.hpp"
#include "consensus/p2p/peer_network.hpp"
#include "consensus/sync/block_sync.hpp"
#include "consensus/sync/snapshot_server.hpp"
#include "consensus/sync/stored_light_blocks.hpp"
#include "node/peer_turns.hpp"

namespace assay::node {

// Of the blocks decided or taken over since the start; the sizes are those of the newest.
struct ConsensusFigures {
    std::uint64_t rounds = 0;  // beyond the first of each height
    std::uint64_t evidence = 0;
    std::uint64_t validators = 0;
    std::uint64_t validators_absent = 0;  // from the commit as it was decided here
    std::uint64_t power = 0;
    consensus::BlockSyncMetrics sync;
    consensus::TxGossipMetrics gossip;
};

class Engine final {
  public:
    struct Parts {
        consensus::ChainIdentity identity;
        consensus::ReplicaConfig config;
        Application& app;
        Mempool& mempool;
        consensus::Wal& wal;
        consensus::Signer* signer = nullptr;
        consensus::VrfProver* prover = nullptr;
        consensus::PeerConfig peers;
        SnapshotCalls& snapshots;
        std::uint64_t snapshot_interval = 0;  // blocks; 0: none are made
        const consensus::NodeKey& node_key;
        // Checks a peer's transaction and keeps it; called on other threads.
        std::function<consensus::TxVerdict(Bytes)> judge;
        // Checks the signatures of blocks that will be executed soon; called on other threads.
        consensus::BlockSync::Prepare check_ahead;
    };
    struct Events {
        std::function<void(const consensus::CommittedBlock&)> committed;  // on the engine's thread
        std::function<void(const Error&)> failed;                         // once, from any thread
    };

    // Refuses peers' addresses that are none.
    static Result<std::unique_ptr<Engine>> create(Parts parts);
    ~Engine();

    // Finishes what a crash interrupted; before start().
    Result<void> recover();
    // Fails where the port for peers is taken.
    Result<void> start(Events events);
    // Finishes the block being made.
    void stop();
    // The mempool took a transaction. Thread-safe.
    void added(const CheckedTxPtr& tx);

    // For whoever reports on the node. Thread-safe.
    consensus::PeerStats peer_stats() const { return network_->stats(); }
    std::vector<consensus::PeerInfo> peers() const { return network_->infos(); }
    std::uint16_t peer_port() const { return network_->port(); }
    ConsensusFigures consensus_figures() const;
    // The height of the best peer while this node catches up, else 0.
    std::uint64_t catching_up_to() const { return catching_up_to_; }
    // The height at which it began to, last time.
    std::uint64_t catching_up_from() const { return catching_up_from_; }

  private:
    Engine(Parts& parts, std::unique_ptr<consensus::PeerNetwork> network);
    void message(const consensus::PeerId& peer, consensus::Channel channel, const Bytes& payload);
    consensus::PeerNetwork::Handlers handlers();
    void fail(const Error& error);
    void committed(const consensus::CommittedBlock& block);
    void take_snapshot();
    void take_added();
    void submit(std::uint64_t ticket, Bytes raw);

    EngineLoop loop_;
    LoopTimers replica_timers_{loop_};
    LoopTimers sync_timers_{loop_};
    LoopTimers gossip_timers_{loop_};
    LoopWorker worker_{loop_};
    PeerTurns turns_{loop_};
    // Whether a peer's link still stands; known to the network's thread alone.
    std::map<consensus::PeerId, std::shared_ptr<std::atomic<bool>>> linked_;
    std::function<consensus::TxVerdict(Bytes)> judge_;
    Events events_;
    std::unique_ptr<consensus::PeerNetwork> network_;
    consensus::Replica replica_;
    consensus::BlockSync sync_;
    consensus::TxGossip gossip_;
    consensus::StoredLightBlocks light_blocks_;
    consensus::SnapshotServer snapshot_server_;
    SnapshotCalls& snapshots_;
    std::uint64_t snapshot_interval_;
    mutable std::mutex figures_mutex_;
    ConsensusFigures figures_;
    std::mutex added_mutex_;
    std::vector<CheckedTxPtr> added_;  // since the engine looked last
    std::atomic<bool> failed_{false};
    std::atomic<std::uint64_t> catching_up_to_{0};
    std::atomic<std::uint64_t> catching_up_from_{0};
};

}  // namespace assay::node
