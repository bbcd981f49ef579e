// A clock over fixed-size slots: no allocation once full.
#include "chain/state/leaf_cache.hpp"

#include <algorithm>

namespace assay {

bool LeafCache::find(NodeIndex node, std::vector<Leaf>& out) {
    if (node >= slot_of_.size() || slot_of_[node] == kNoSlot) return false;
    Slot& slot = *slots_[slot_of_[node]];
    slot.used = true;
    out.insert(out.end(), slot.leaves.begin(), slot.leaves.begin() + slot.count);
    return true;
}

std::optional<bool> LeafCache::has_leaf(NodeIndex node, const TreePath& path) {
    if (node >= slot_of_.size() || slot_of_[node] == kNoSlot) return std::nullopt;
    Slot& slot = *slots_[slot_of_[node]];
    slot.used = true;
    const std::span<const Leaf> leaves(slot.leaves.data(), slot.count);
    return std::ranges::any_of(leaves, [&](const Leaf& leaf) { return leaf.path == path; });
}

void LeafCache::store(NodeIndex node, std::span<const Leaf> leaves) {
    if (leaves.size() > kBucketLeaves || limit_ == 0) return erase(node);
    Slot& slot = *slots_[slot_for(node)];
    slot.count = static_cast<std::uint8_t>(leaves.size());
    slot.used = true;
    std::copy(leaves.begin(), leaves.end(), slot.leaves.begin());
}

void LeafCache::erase(NodeIndex node) {
    if (node >= slot_of_.size() || slot_of_[node] == kNoSlot) return;
    slots_[slot_of_[node]]->held = false;
    slots_[slot_of_[node]]->used = false;
    slot_of_[node] = kNoSlot;
}

std::uint32_t LeafCache::slot_for(NodeIndex node) {
    if (node >= slot_of_.size()) slot_of_.resize(node + node / 4 + 64, kNoSlot);
    if (slot_of_[node] != kNoSlot) return slot_of_[node];
    std::uint32_t index = 0;
    if (slots_.size() < limit_) {
        index = static_cast<std::uint32_t>(slots_.size());
        slots_.push_back(std::make_unique<Slot>());
    } else {
        while (slots_[hand_]->used) {
            slots_[hand_]->used = false;
            hand_ = (hand_ + 1) % slots_.size();
        }
        index = static_cast<std::uint32_t>(hand_);
        hand_ = (hand_ + 1) % slots_.size();
        if (slots_[index]->held) slot_of_[slots_[index]->node] = kNoSlot;
    }
    slots_[index]->node = node;
    slots_[index]->held = true;
    slot_of_[node] = index;
    return index;
}

}  // namespace assay
