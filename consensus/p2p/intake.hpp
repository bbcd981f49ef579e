// Owns Intake: how much this node holds of what its peers sent and nobody has worked off yet.
#pragma once

#include <map>

#include "consensus/engine/ports.hpp"
#include "consensus/p2p/limits.hpp"

namespace assay::consensus {

struct IntakeLimits {
    std::size_t of_peer = 32U << 20U;
    // Beyond it only named peers, and small messages of peers of whom nothing is held, come in; at
    // twice as much nothing does.
    std::size_t of_all = 256U << 20U;
    std::size_t small = 128U << 10U;
};

// Accounts stay with the peer, not with its link: who comes back finds what it left. One message
// of any permitted size always fits where nothing else is held.
class Intake {
  public:
    explicit Intake(IntakeLimits limits = {}) : limits_(limits) {}
    // Charges the peer for a message of that size, before its payload is read. `named`: a
    // persistent peer.
    bool admit(const PeerId& peer, std::size_t bytes, bool named);
    // One message of that size is worked off.
    void release(const PeerId& peer, std::size_t bytes);
    std::size_t held() const { return held_; }
    std::size_t held_of(const PeerId& peer) const;

  private:
    IntakeLimits limits_;
    std::map<PeerId, std::size_t> accounts_;  // none is zero
    std::size_t held_ = 0;
};

}  // namespace assay::consensus
