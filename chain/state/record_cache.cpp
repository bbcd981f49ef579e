// A clock over entries whose keys the index borrows.
#include "chain/state/record_cache.hpp"

namespace assay {

namespace {

// Entry, index slot and two heap blocks.
constexpr std::size_t kEntryOverhead = 144;

}  // namespace

std::size_t RecordCache::cost_of(const Entry& entry) {
    return kEntryOverhead + entry.key.size() + (entry.value ? entry.value->size() : 0);
}

const std::optional<Bytes>* RecordCache::find(ByteView key) {
    const auto it = index_.find(text_of(key));
    if (it == index_.end()) return nullptr;
    Entry& entry = entries_[it->second];
    entry.used = true;
    return &entry.value;
}

void RecordCache::store(ByteView key, std::optional<Bytes> value) {
    const auto it = index_.find(text_of(key));
    if (it != index_.end()) {
        Entry& entry = entries_[it->second];
        bytes_ -= cost_of(entry);
        entry.value = std::move(value);
        entry.used = true;
        bytes_ += cost_of(entry);
    } else {
        std::uint32_t slot = static_cast<std::uint32_t>(entries_.size());
        if (free_.empty()) {
            entries_.emplace_back();
        } else {
            slot = free_.back();
            free_.pop_back();
        }
        Entry& entry = entries_[slot];
        entry = {to_bytes(key), std::move(value), true};
        index_.emplace(text_of(entry.key), slot);
        bytes_ += cost_of(entry);
    }
    while (bytes_ > limit_bytes_ && !index_.empty()) evict_one();
}

void RecordCache::evict_one() {
    while (true) {
        Entry& entry = entries_[hand_];
        const auto slot = static_cast<std::uint32_t>(hand_);
        hand_ = (hand_ + 1) % entries_.size();
        if (entry.key.empty()) continue;  // free
        if (std::exchange(entry.used, false)) continue;
        bytes_ -= cost_of(entry);
        index_.erase(text_of(entry.key));
        entry = {};
        free_.push_back(slot);
        return;
    }
}

}  // namespace assay
