// Accounts of held messages.
#include "consensus/p2p/intake.hpp"

#include <algorithm>

namespace assay::consensus {

std::size_t Intake::held_of(const PeerId& peer) const {
    const auto it = accounts_.find(peer);
    return it == accounts_.end() ? 0 : it->second;
}

bool Intake::admit(const PeerId& peer, std::size_t bytes, bool named) {
    const std::size_t before = held_of(peer);
    const std::size_t cost = bytes + kMessageCost;
    const bool favoured = named || (before == 0 && bytes <= limits_.small);
    if (before != 0 && before + cost > limits_.of_peer) return false;
    if (held_ != 0 && held_ + cost > (favoured ? 2 : 1) * limits_.of_all) return false;
    accounts_[peer] = before + cost;
    held_ += cost;
    return true;
}

void Intake::release(const PeerId& peer, std::size_t bytes) {
    const auto it = accounts_.find(peer);
    if (it == accounts_.end()) return;
    const std::size_t cost = std::min(it->second, bytes + kMessageCost);
    held_ -= cost;
    it->second -= cost;
    if (it->second == 0) accounts_.erase(it);
}

}  // namespace assay::consensus
