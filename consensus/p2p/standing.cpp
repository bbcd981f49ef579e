// Points, their fading, and bans.
#include "consensus/p2p/standing.hpp"

namespace assay::consensus {

std::uint32_t points_of(Offence offence) {
    switch (offence) {
        case Offence::malformed: return 100;
        case Offence::invalid: return 50;
        case Offence::flood: return 25;
        case Offence::useless: return 5;
    }
    return 0;
}

std::uint32_t Standing::faded(const Record& record, std::uint64_t now_ms) const {
    const std::uint64_t gone = (now_ms - std::min(now_ms, record.since_ms)) / limits_.fade_ms;
    return gone >= record.points ? 0 : record.points - static_cast<std::uint32_t>(gone);
}

bool Standing::report(const PeerId& peer, Offence offence, std::uint64_t now_ms, bool named) {
    if (!records_.contains(peer)) make_room(now_ms);
    Record& record = records_[peer];
    record.points = faded(record, now_ms) + points_of(offence);
    record.since_ms = now_ms;
    if (record.points < limits_.banned_at) return false;
    record.points = 0;
    record.banned_until_ms = now_ms + (named ? limits_.named_ban_ms : limits_.ban_ms);
    return true;
}

bool Standing::is_banned(const PeerId& peer, std::uint64_t now_ms) const {
    const auto it = records_.find(peer);
    return it != records_.end() && now_ms < it->second.banned_until_ms;
}

std::uint32_t Standing::points(const PeerId& peer, std::uint64_t now_ms) const {
    const auto it = records_.find(peer);
    return it == records_.end() ? 0 : faded(it->second, now_ms);
}

// Forgets who has nothing left against it; where all have, the one with the least.
void Standing::make_room(std::uint64_t now_ms) {
    if (records_.size() < limits_.max_remembered) return;
    std::erase_if(records_, [&](const auto& entry) {
        return faded(entry.second, now_ms) == 0 && entry.second.banned_until_ms <= now_ms;
    });
    if (records_.size() < limits_.max_remembered) return;
    records_.erase(
        std::min_element(records_.begin(), records_.end(), [&](const auto& a, const auto& b) {
            return std::pair(a.second.banned_until_ms, faded(a.second, now_ms)) <
                   std::pair(b.second.banned_until_ms, faded(b.second, now_ms));
        }));
}

// Nothing is taken from who is refused, so that it need not keep quiet to be heard again.
bool CallRates::take(const std::string& source, std::uint64_t now_ms) {
    constexpr std::size_t kMaxSources = 10'000;
    if (buckets_.size() >= kMaxSources && !buckets_.contains(source)) {
        std::erase_if(buckets_, [&](auto one) { return one.second.is_full(now_ms); });
        if (buckets_.size() >= kMaxSources) return false;
    }
    TokenBucket& bucket = buckets_.try_emplace(source, fresh_).first->second;
    return bucket.has(1, now_ms) && bucket.take(1, now_ms) == 0;
}

}  // namespace assay::consensus
