// Owns the request budget of every client, shared by all transports and subscriptions.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace assay::rpc {

struct RateLimit {
    double per_second = 0;  // calls a client may make for ever; 0 turns the limit off
    double burst = 0;       // calls it may save up
};

// A client's tokens. Thread-safe.
class TokenBucket {
  public:
    using Clock = std::chrono::steady_clock;

    TokenBucket(RateLimit limit, Clock::time_point now)
        : limit_(limit), tokens_(limit.burst), filled_at_(now) {}
    // Takes one token; false where none is left.
    bool take(Clock::time_point now);
    bool is_full(Clock::time_point now);

  private:
    void refill(Clock::time_point now);

    RateLimit limit_;
    std::mutex mutex_;
    double tokens_;
    Clock::time_point filled_at_;
};

class RateLimiter {
  public:
    explicit RateLimiter(RateLimit limit) : limit_(limit) {}

    // The bucket of a client address; nullptr where the limit is off. Several connections of one
    // client share it.
    std::shared_ptr<TokenBucket> bucket_of(const std::string& client);

  private:
    RateLimit limit_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<TokenBucket>> buckets_;
};

}  // namespace assay::rpc
