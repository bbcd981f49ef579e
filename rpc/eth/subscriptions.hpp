// Owns eth_subscribe: who wants new heads, logs or pending transactions, and sending them.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "rpc/eth/logs.hpp"
#include "rpc/server/session.hpp"

namespace assay::rpc {

enum class Topic { new_heads, logs, pending_hashes, pending_full };

// Thread-safe. A subscription ends with its connection.
class Subscriptions {
  public:
    explicit Subscriptions(const EthLimits& limits) : limits_(limits) {}

    // The id; refused without a connection that can be pushed to and beyond the limit.
    Rpc<std::string> add(const std::shared_ptr<Session>& session, Topic topic, LogFilter filter);
    // False where the connection has no such subscription.
    bool remove(const std::shared_ptr<Session>& session, std::string_view id);

    // Cheap where nobody listens.
    void publish_block(const FullBlockPtr& block);
    void publish_pending(const CheckedTx& tx);
    bool idle() const { return count_ == 0; }
    bool wants_pending() const { return pending_ != 0; }

  private:
    struct Entry {
        std::weak_ptr<Session> session;
        Topic topic = Topic::new_heads;
        LogFilter filter;
    };
    // Under the mutex, after every change of entries_.
    void count();
    void publish_logs(const Entry& entry, const std::string& id, const FullBlockPtr& block);
    // Calls visit(id, entry, session) for the living and forgets the rest.
    template <class Visit>
    void for_each(Visit visit);

    EthLimits limits_;
    std::mutex mutex_;
    std::map<std::string, Entry, std::less<>> entries_;
    std::atomic<std::size_t> count_{0};
    std::atomic<std::size_t> pending_{0};  // of pending transactions
};

}  // namespace assay::rpc
