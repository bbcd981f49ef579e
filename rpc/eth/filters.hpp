// Owns the filters that clients install and poll.
#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <variant>

#include "rpc/eth/logs.hpp"

namespace assay::rpc {

struct BlockFilter {};
struct PendingFilter {
    std::deque<Hash256> hashes;  // not yet fetched, the oldest dropped beyond the limit
};

struct Filter {
    std::variant<LogQuery, BlockFilter, PendingFilter> kind;
    std::uint64_t next_height = 0;  // first block not yet reported
};

// Thread-safe. A filter that nobody asks for is gone after its life time.
class FilterTable {
  public:
    using Clock = std::chrono::steady_clock;

    explicit FilterTable(const EthLimits& limits) : limits_(limits) {}

    // The id, or the refusal when too many are installed.
    Rpc<std::string> install(Filter filter);
    bool uninstall(std::string_view id);
    // Calls `use` with the filter under the lock; false where there is none.
    bool with(std::string_view id, const std::function<void(Filter&)>& use);
    // Cheap where no pending filter is installed.
    void add_pending(const Hash256& hash);

  private:
    struct Entry {
        Filter filter;
        Clock::time_point expires;
    };
    void expire(Clock::time_point now);

    EthLimits limits_;
    std::mutex mutex_;
    std::map<std::string, Entry, std::less<>> filters_;
    std::atomic<std::size_t> pending_filters_{0};
};

// 128 random bits as a quantity: ids that other clients cannot guess.
std::string random_id();

}  // namespace assay::rpc
