// Token buckets by client address; full ones are forgotten when the table grows.
#include "rpc/server/rate_limiter.hpp"

#include <algorithm>

namespace assay::rpc {

namespace {

constexpr std::size_t kMaxIdleBuckets = 4'096;

}  // namespace

void TokenBucket::refill(Clock::time_point now) {
    const std::chrono::duration<double> elapsed = now - filled_at_;
    tokens_ = std::min(limit_.burst, tokens_ + elapsed.count() * limit_.per_second);
    filled_at_ = now;
}

bool TokenBucket::take(Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    refill(now);
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
}

bool TokenBucket::is_full(Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    refill(now);
    return tokens_ >= limit_.burst;
}

std::shared_ptr<TokenBucket> RateLimiter::bucket_of(const std::string& client) {
    if (limit_.per_second <= 0) return nullptr;
    const auto now = TokenBucket::Clock::now();
    const std::lock_guard lock(mutex_);
    if (buckets_.size() >= kMaxIdleBuckets)
        std::erase_if(buckets_, [&](const auto& entry) {
            return entry.second.use_count() == 1 && entry.second->is_full(now);
        });
    auto& bucket = buckets_[client];
    if (!bucket) bucket = std::make_shared<TokenBucket>(limit_, now);
    return bucket;
}

}  // namespace assay::rpc
