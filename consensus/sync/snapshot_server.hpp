// Owns what a node gives on the snapshots channel: its list, chunks and light blocks.
#pragma once

#include <map>

#include "consensus/engine/ports.hpp"
#include "consensus/sync/snapshot_messages.hpp"

namespace assay::consensus {

class SnapshotServer {
  public:
    // Answers a peer may have in a second, and at once; more is a flood.
    static constexpr std::uint64_t kAnswersPerSecond = 256;

    SnapshotServer(const SnapshotCalls& snapshots, const LightBlocks& light_blocks, PeerPort& peers,
                   const ClockPort& clock)
        : snapshots_(snapshots), light_blocks_(light_blocks), peers_(peers), clock_(clock) {}

    // For a node that itself asks for nothing: an answer is useless to it.
    void receive(const PeerId& peer, ByteView message);  // of Channel::snapshots
    void answer(const PeerId& peer, const SnapshotsRequest& request);
    void answer(const PeerId& peer, const ChunkRequest& request);
    void answer(const PeerId& peer, const LightBlockRequest& request);
    void peer_down(const PeerId& peer) { allowances_.erase(peer); }

  private:
    struct Allowance {
        std::uint64_t left = kAnswersPerSecond;
        std::uint64_t refilled_ms = 0;
    };
    bool allowed(const PeerId& peer);
    bool keeps(std::uint64_t height, const Hash256& root);
    void list();

    const SnapshotCalls& snapshots_;
    const LightBlocks& light_blocks_;
    PeerPort& peers_;
    const ClockPort& clock_;
    std::map<PeerId, Allowance> allowances_;
    std::map<std::uint64_t, SnapshotManifest> listed_;
};

}  // namespace assay::consensus
