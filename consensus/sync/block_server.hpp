// Owns BlockServer: gives stored blocks to peers that ask, a bounded amount at a time.
#pragma once

#include <deque>
#include <map>

#include "chain/app/application.hpp"
#include "consensus/engine/ports.hpp"
#include "consensus/sync/block_messages.hpp"

namespace assay::consensus {

struct BlockServerLimits {
    // Waiting; more is a flood. Twice what an honest node has open (BlockPoolLimits), since it asks
    // anew for what took too long.
    std::size_t requests_per_peer = 128;
    std::int64_t bytes_per_second = 64U << 20U;
    std::int64_t bytes_at_once = 4U << 20U;  // between two looks at the rest of the node
    std::uint64_t patience_ms = 20'000;      // with a peer whose queue stays full
};

class BlockServer {
  public:
    BlockServer(BlockServerLimits limits, const Application& app, PeerPort& peers)
        : limits_(limits), app_(app), peers_(peers) {}

    void ask(const PeerId& peer, const BlockRequest& request, std::uint64_t now_ms);
    void peer_down(const PeerId& peer) { waiting_.erase(peer); }
    // Sends what may be sent now, one block a peer in turn. True where more waits: call again soon.
    bool serve(std::uint64_t now_ms);
    // What this node can give, by the records it holds.
    BlockHeights heights();

    std::uint64_t blocks_served() const { return blocks_; }
    std::uint64_t bytes_served() const { return bytes_; }

  private:
    struct Waiting {
        std::deque<BlockRequest> requests;
        std::uint64_t blocked_since_ms = 0;  // 0: the last message went out
    };
    enum class Sent { yes, nothing_there, queue_full };

    Sent send_block(const PeerId& peer, std::uint64_t height);
    bool serve_one(const PeerId& peer, Waiting& waiting, std::uint64_t now_ms);
    std::uint64_t lowest(std::uint64_t height) const;

    BlockServerLimits limits_;
    const Application& app_;
    PeerPort& peers_;
    std::map<PeerId, Waiting> waiting_;
    std::int64_t allowance_ = 0;  // bytes, refilled by time; below 0 after a large block
    std::uint64_t refilled_ms_ = 0;
    std::uint64_t base_ = 0;
    std::uint64_t blocks_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace assay::consensus
