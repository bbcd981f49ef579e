// Owns PeerTurns: the order in which the engine hears its peers.
#pragma once

#include <deque>
#include <map>
#include <mutex>

#include "node/engine_loop.hpp"

namespace assay::node {

// Each peer's messages in their order, one of each peer in turn, and the loop's other work between
// any two: whoever sends more than can be worked off delays itself, and nobody's votes.
class PeerTurns {
  public:
    explicit PeerTurns(EngineLoop& loop) : loop_(loop) {}
    // Thread-safe.
    void post(const consensus::PeerId& peer, std::function<void()> work);

  private:
    void run_one();

    EngineLoop& loop_;
    std::mutex mutex_;
    std::map<consensus::PeerId, std::deque<std::function<void()>>> queues_;  // none is empty
    std::deque<consensus::PeerId> turns_;  // run_one() is due while there are any
};

}  // namespace assay::node
