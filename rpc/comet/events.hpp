// Owns who is told of blocks and transactions: subscriptions, and calls that wait for a block.
#pragma once

#include <map>
#include <mutex>

#include "rpc/comet/backend.hpp"
#include "rpc/comet/query.hpp"
#include "rpc/server/outcome.hpp"

namespace assay::rpc::comet {

// Of CometBFT's own defaults.
struct EventLimits {
    std::size_t clients = 100;
    std::size_t subscriptions_per_client = 5;
    std::size_t waits = 1'000;
    std::uint32_t commit_wait_ms = 10'000;
};

// A block with what it gave.
struct FullBlock {
    CometBlock block;
    CometOutcome outcome;
};
using FullBlockPtr = std::shared_ptr<const FullBlock>;

// Thread-safe; no thread waits. A subscription ends with its connection.
class Events {
  public:
    Events(CometBackend& backend, EventLimits limits) : backend_(backend), limits_(limits) {}

    // `id` is the call's as JSON text: every event is a reply to it.
    Result<void> subscribe(const std::shared_ptr<Session>& session, std::string id,
                           const std::string& query);
    Result<void> unsubscribe(const std::shared_ptr<Session>& session, const std::string& query);
    Result<void> unsubscribe_all(const std::shared_ptr<Session>& session);

    // Completes with broadcast_tx_commit's result once a block has the transaction, or with its
    // error when none has it in time. False where too many wait.
    bool wait(const Hash256& tx_sha256, std::uint64_t& ticket, Complete complete);
    // Takes a waiting call away; empty where it was answered.
    Complete take(const Hash256& tx_sha256, std::uint64_t ticket);

    void publish(const FullBlock& full);
    // True where publish() would do nothing.
    bool idle() const;

  private:
    struct Entry {
        std::weak_ptr<Session> session;
        std::string id;
        std::string text;  // of the query
        Query query;
    };
    struct News;

    void forget_gone();
    void send(const News& news);
    void answer_waits(const FullBlock& full, const std::vector<Hash256>& hashes);

    CometBackend& backend_;
    EventLimits limits_;
    mutable std::mutex mutex_;
    std::vector<Entry> entries_;
    std::uint64_t tickets_ = 0;
    std::multimap<Hash256, std::pair<std::uint64_t, Complete>> waits_;
};

// broadcast_tx_commit's result.
std::string commit_result(const CometTxResult& checked, const CometTxResult& result,
                          const Hash256& tx_sha256, std::uint64_t height);
// What a transaction of a block is found by.
EventMap events_of_tx(const CometTxResult& result, const Hash256& tx_sha256, std::uint64_t height);

}  // namespace assay::rpc::comet
