// Owns Standing: how much a peer is trusted, and how fast it may speak and call.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "consensus/engine/ports.hpp"

namespace assay::consensus {

// Points against a peer; they fade with time.
struct StandingLimits {
    std::uint32_t banned_at = 100;
    std::uint64_t fade_ms = 1'000;  // a point each
    std::uint64_t ban_ms = 600'000;
    std::uint64_t named_ban_ms = 10'000;  // of a persistent peer: a node needs those it named
    std::size_t max_remembered = 10'000;
};

std::uint32_t points_of(Offence offence);

class Standing {
  public:
    explicit Standing(StandingLimits limits = {}) : limits_(limits) {}
    // True where the peer is banned from now on.
    bool report(const PeerId& peer, Offence offence, std::uint64_t now_ms, bool named = false);
    bool is_banned(const PeerId& peer, std::uint64_t now_ms) const;
    std::uint32_t points(const PeerId& peer, std::uint64_t now_ms) const;
    std::size_t remembered() const { return records_.size(); }

  private:
    struct Record {
        std::uint32_t points = 0;
        std::uint64_t since_ms = 0;  // of the points
        std::uint64_t banned_until_ms = 0;
    };
    std::uint32_t faded(const Record& record, std::uint64_t now_ms) const;
    void make_room(std::uint64_t now_ms);

    StandingLimits limits_;
    std::map<PeerId, Record> records_;
};

// Lets `per_s` through on average and `burst` at once. Debts are allowed: what has arrived has
// arrived; the next waits until they are paid.
class TokenBucket {
  public:
    TokenBucket(double per_s, double burst) : per_s_(per_s), burst_(burst), tokens_(burst) {}
    bool has(double amount, std::uint64_t now_ms) {
        take(0, now_ms);
        return tokens_ >= amount;
    }
    bool is_full(std::uint64_t now_ms) { return has(burst_, now_ms); }
    // Milliseconds to wait before taking more.
    std::uint64_t take(double amount, std::uint64_t now_ms) {
        if (now_ms > last_ms_)
            tokens_ =
                std::min(burst_, tokens_ + static_cast<double>(now_ms - last_ms_) * per_s_ / 1'000);
        last_ms_ = std::max(last_ms_, now_ms);
        tokens_ -= amount;
        return tokens_ >= 0 ? 0 : static_cast<std::uint64_t>(-tokens_ * 1'000 / per_s_) + 1;
    }

  private:
    double per_s_;
    double burst_;
    double tokens_;
    std::uint64_t last_ms_ = 0;
};

// How often each of many may come. Bounded: who is forgotten starts anew.
class CallRates {
  public:
    CallRates(double per_s, double burst) : fresh_(per_s, burst) {}
    bool take(const std::string& source, std::uint64_t now_ms);
    std::size_t remembered() const { return buckets_.size(); }

  private:
    TokenBucket fresh_;
    std::map<std::string, TokenBucket> buckets_;
};

}  // namespace assay::consensus
