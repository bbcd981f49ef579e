// Sharing the work among peers, and taking it back from those that do not do it.
#include "consensus/sync/block_pool.hpp"

#include <algorithm>

namespace assay::consensus {

namespace {

constexpr std::size_t kMaxLate = 1'024;
constexpr std::uint32_t kMaxDoublings = 6;

}  // namespace

void BlockPool::forgive(Peer& peer, std::uint64_t height) {
    if (peer.late.size() == kMaxLate) peer.late.erase(peer.late.begin());
    peer.late.insert(height);
}

void BlockPool::free_slot(Slot& slot) {
    held_bytes_ -= slot.bytes;
    slot.bytes = 0;
    slot.fetched.reset();
    slot.stage = Stage::wanted;
}

void BlockPool::peer_down(const PeerId& peer) {
    const auto it = peers_.find(peer);
    if (it == peers_.end()) return;
    for (const std::uint64_t height : it->second.owes)
        if (Slot* slot = find(height)) free_slot(*slot);
    peers_.erase(it);
}

void BlockPool::claim(const PeerId& peer, std::uint64_t base, std::uint64_t height) {
    const auto it = peers_.find(peer);
    if (it == peers_.end()) return;
    it->second.base = base;
    it->second.height = height;
}

void BlockPool::claim_at_least(const PeerId& peer, std::uint64_t base, std::uint64_t height) {
    const auto it = peers_.find(peer);
    if (it == peers_.end() || base == 0) return;
    if (it->second.base == 0) it->second.base = base;
    it->second.height = std::max(it->second.height, height);
}

std::uint64_t BlockPool::best(std::uint64_t next, std::uint64_t now_ms) const {
    std::uint64_t out = 0;
    for (const auto& [id, peer] : peers_)
        if (peer.benched_until_ms <= now_ms && peer.base != 0 && peer.base <= next)
            out = std::max(out, peer.height);
    return out;
}

void BlockPool::move_to(std::uint64_t next) {
    while (!slots_.empty() && slots_.begin()->first < next) {
        auto& [height, slot] = *slots_.begin();
        if (slot.stage == Stage::asked)
            if (const auto it = peers_.find(slot.peer); it != peers_.end()) {
                it->second.owes.erase(height);
                forgive(it->second, height);
            }
        free_slot(slot);
        slots_.erase(slots_.begin());
    }
}

void BlockPool::clear() {
    move_to(UINT64_MAX);
}

bool BlockPool::has_room(const Peer& peer) const {
    return peer.owes.size() < limits_.blocks_per_peer &&
           (peer.owes.empty() || peer.owes.size() * usual_bytes_ < limits_.bytes_per_peer);
}

// Blocks from `first` on that nobody was asked for and that this peer has, one after the other.
std::uint32_t BlockPool::take_run(const PeerId& id, Peer& peer, std::uint64_t first,
                                  std::uint64_t last, std::uint64_t now_ms) {
    std::uint32_t taken = 0;
    for (std::uint64_t height = first; height <= last && taken < limits_.blocks_per_request;
         ++height) {
        Slot& slot = slots_[height];
        if (slot.stage != Stage::wanted || height > peer.height || slot.refused.contains(id) ||
            (taken > 0 && !has_room(peer)))
            break;
        if (peer.owes.empty()) peer.heard_ms = now_ms;
        slot.stage = Stage::asked;
        slot.peer = id;
        slot.since_ms = now_ms;
        peer.owes.insert(height);
        ++taken;
    }
    return taken;
}

// The lowest block that waits goes to the least busy peer that has it.
bool BlockPool::give_work(std::uint64_t next, std::uint64_t last, std::uint64_t now_ms,
                          std::vector<Ask>& out) {
    for (std::uint64_t height = next; height <= last; ++height) {
        const Slot& slot = slots_[height];
        if (slot.stage != Stage::wanted) continue;
        if (height != next && held_bytes_ + in_flight() * usual_bytes_ >= limits_.window_bytes)
            return false;
        std::map<PeerId, Peer>::value_type* chosen = nullptr;
        for (auto& entry : peers_) {
            const Peer& peer = entry.second;
            if (peer.benched_until_ms > now_ms || peer.base == 0 || height < peer.base ||
                height > peer.height || slot.refused.contains(entry.first) || !has_room(peer))
                continue;
            if (chosen == nullptr || peer.owes.size() < chosen->second.owes.size()) chosen = &entry;
        }
        if (chosen == nullptr) continue;
        const std::uint32_t count = take_run(chosen->first, chosen->second, height, last, now_ms);
        out.push_back({chosen->first, {.height = height, .count = count}});
        return true;
    }
    return false;
}

std::vector<BlockPool::Ask> BlockPool::asks(std::uint64_t next, std::uint64_t best,
                                            std::uint64_t now_ms) {
    std::vector<Ask> out;
    const std::uint64_t last = std::min(best, next + limits_.window_blocks - 1);
    while (give_work(next, last, now_ms, out)) {
    }
    // Everybody refused the next one: they are asked again.
    if (Slot* slot = find(next); slot != nullptr && slot->stage == Stage::wanted && out.empty())
        slot->refused.clear();
    return out;
}

void BlockPool::unsent(const Ask& ask, std::uint64_t now_ms) {
    const auto it = peers_.find(ask.peer);
    for (std::uint64_t i = 0; i < ask.request.count; ++i) {
        if (Slot* slot = find(ask.request.height + i)) free_slot(*slot);
        if (it != peers_.end()) it->second.owes.erase(ask.request.height + i);
    }
    // Its queue is full: that is no fault of the peer's.
    if (it != peers_.end()) it->second.benched_until_ms = now_ms + limits_.silence_ms / 10;
}

BlockPool::Answer BlockPool::answered(const PeerId& peer, std::uint64_t height,
                                      std::uint64_t now_ms) {
    const auto it = peers_.find(peer);
    if (it == peers_.end()) return Answer::late;
    if (it->second.owes.erase(height) != 0) {
        it->second.heard_ms = now_ms;
        return Answer::asked;
    }
    return it->second.late.erase(height) != 0 ? Answer::late : Answer::unasked;
}

void BlockPool::put(std::uint64_t height, BlockResponse response) {
    Slot& slot = slots_.at(height);
    slot.stage = Stage::arrived;
    slot.serial = ++arrivals_;
    slot.bytes = response.block.size() + response.senders.size();
    held_bytes_ += slot.bytes;
    usual_bytes_ = (usual_bytes_ * 7 + slot.bytes) / 8 + 1;
    slot.fetched = std::make_shared<FetchedBlock>();
    slot.fetched->encoded = std::move(response.block);
    slot.fetched->commit = std::move(response.commit);
    slot.fetched->senders = std::move(response.senders);
    for (auto it = slots_.rbegin(); held_bytes_ > 2 * limits_.window_bytes && it->first > height;
         ++it)
        if (it->second.bytes > 0) free_slot(it->second);
}

void BlockPool::lacks(const PeerId& peer, std::uint64_t height) {
    const auto it = peers_.find(peer);
    if (it == peers_.end()) return;
    // Its requests run upwards, so the run that starts here is what it will not answer.
    for (std::uint64_t at = height; at == height || it->second.owes.erase(at) != 0; ++at) {
        if (at != height) forgive(it->second, at);
        Slot* slot = find(at);
        if (slot == nullptr) continue;
        free_slot(*slot);
        slot->refused.insert(peer);
    }
}

std::vector<PeerId> BlockPool::overdue(std::uint64_t now_ms) const {
    std::vector<PeerId> out;
    for (const auto& [id, peer] : peers_) {
        if (peer.owes.empty()) continue;
        const auto first = slots_.find(*peer.owes.begin());
        const bool stuck =
            first != slots_.end() && now_ms - first->second.since_ms > limits_.block_ms;
        if (stuck || now_ms - peer.heard_ms > limits_.silence_ms) out.push_back(id);
    }
    return out;
}

void BlockPool::bench(const PeerId& peer, std::uint64_t now_ms) {
    for (auto& [height, slot] : slots_) {
        const bool unverified = slot.stage != Stage::wanted && slot.stage != Stage::good;
        if (slot.peer != peer || !unverified) continue;
        free_slot(slot);
        slot.refused.insert(peer);
    }
    const auto it = peers_.find(peer);
    if (it == peers_.end()) return;
    for (const std::uint64_t height : it->second.owes) forgive(it->second, height);
    it->second.owes.clear();
    it->second.benched_until_ms =
        now_ms + (limits_.bench_ms << std::min(it->second.benchings, kMaxDoublings));
    ++it->second.benchings;
}

BlockPool::Slot* BlockPool::find(std::uint64_t height) {
    const auto it = slots_.find(height);
    return it == slots_.end() ? nullptr : &it->second;
}

std::size_t BlockPool::in_flight() const {
    std::size_t out = 0;
    for (const auto& [id, peer] : peers_) out += peer.owes.size();
    return out;
}

std::size_t BlockPool::usable(std::uint64_t now_ms) const {
    return static_cast<std::size_t>(std::count_if(peers_.begin(), peers_.end(), [&](const auto& p) {
        return p.second.benched_until_ms <= now_ms && p.second.height != 0;
    }));
}

}  // namespace assay::consensus
