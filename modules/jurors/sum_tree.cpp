// The sum tree's walk up (a change) and down (a draw).
#include "modules/jurors/sum_tree.hpp"

namespace assay::jurors::sum_tree {

namespace {

Amount value_at(const State& state, std::uint64_t epoch, const NodeKey& key) {
    return value_of(state.get_or_default(kNodes, key), epoch);
}

// What a draw left of the subtree's weight.
Amount left_of(const State& state, std::uint64_t epoch, const NodeKey& key,
               const Removed& removed) {
    Amount out = value_at(state, epoch, key);
    const std::uint64_t first = static_cast<std::uint64_t>(key.index) << key.level;
    const std::uint64_t end = first + (1ULL << key.level);
    for (auto it = removed.lower_bound(static_cast<std::uint32_t>(first));
         it != removed.end() && it->first < end; ++it)
        out = difference_of(out, it->second);
    return out;
}

// A new root above the old one starts with the old root's values.
void grow_to(State& state, std::uint32_t slot) {
    std::uint8_t height = state.get_or_default(kHeight, {});
    while ((slot >> height) != 0) {
        CHECK(height < kMaxHeight);
        const Node root = state.get_or_default(kNodes, {.level = height, .index = 0});
        ++height;
        state.put(kNodes, {.level = height, .index = 0}, root);
        state.put(kHeight, {}, height);
    }
}

}  // namespace

Amount value_of(const Node& node, std::uint64_t epoch) {
    return epoch > node.epoch ? node.after : node.before;
}

Amount leaf(const State& state, std::uint64_t epoch, std::uint32_t slot) {
    return value_at(state, epoch, {.level = 0, .index = slot});
}

Amount total(const State& state, std::uint64_t epoch) {
    return value_at(state, epoch, {.level = state.get_or_default(kHeight, {}), .index = 0});
}

void set_leaf(State& state, std::uint64_t epoch, std::uint32_t slot, Amount weight) {
    const Amount old = state.get_or_default(kNodes, {.level = 0, .index = slot}).after;
    if (old == weight) return;
    grow_to(state, slot);
    const std::uint8_t height = state.get_or_default(kHeight, {});
    for (std::uint8_t level = 0; level <= height; ++level) {
        const NodeKey key{.level = level, .index = slot >> level};
        Node node = state.get_or_default(kNodes, key);
        CHECK(node.epoch <= epoch);
        node.before = value_of(node, epoch);
        node.epoch = epoch;
        node.after = difference_of(sum_of(node.after, weight), old);
        state.put(kNodes, key, node);
    }
}

std::uint32_t find(const State& state, std::uint64_t epoch, Amount position,
                   const Removed& removed) {
    std::uint32_t index = 0;
    std::uint8_t level = state.get_or_default(kHeight, {});
    CHECK(position < left_of(state, epoch, {.level = level, .index = 0}, removed));
    while (level > 0) {
        --level;
        index *= 2;
        const Amount left = left_of(state, epoch, {.level = level, .index = index}, removed);
        if (position < left) continue;
        position = difference_of(position, left);
        ++index;
    }
    return index;
}

}  // namespace assay::jurors::sum_tree
