// Owns the transactions that wait for a block: bounded, in nonce order, by tip.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "chain/exec/checked_tx.hpp"

namespace assay {

struct MempoolLimits {
    std::size_t max_txs = 200'000;
    std::size_t max_bytes = 256U << 20U;
    std::size_t max_txs_per_sender = 10'000;
    std::uint64_t max_nonce_gap = 10'000;   // how far beyond the account's nonce one may be
    std::uint64_t max_age_blocks = 10'000;  // a transaction that no block took is dropped
};

// A sender's waiting transactions, ready ones (nonces without a gap) and the rest.
struct SenderContent {
    Address sender;
    std::vector<CheckedTxPtr> pending;
    std::vector<CheckedTxPtr> queued;
};

// Thread-safe. Knows no clock: age is counted in blocks.
class Mempool {
  public:
    explicit Mempool(MempoolLimits limits = {}) : limits_(limits) {}

    // `account_nonce` is the sender's in the newest committed state. Refusals carry geth's texts:
    // already known, nonce too low, nonce too high, replacement transaction underpriced, txpool is
    // full. A replacement needs 10% more of both fees.
    Result<void> add(const CheckedTxPtr& tx, std::uint64_t account_nonce);

    // Ready transactions, best effective tip first, each sender's in nonce order, within the
    // limits. Those whose fee cap is below the base fee wait, and with them what follows.
    std::vector<CheckedTxPtr> select(Amount base_fee, std::uint64_t max_gas,
                                     std::uint64_t max_bytes) const;

    // True when select() at this base fee would give anything.
    bool has_ready(Amount base_fee) const;

    // After a commit: drops what the block took or made stale, and what is too old.
    void committed(const std::vector<CheckedTxPtr>& txs, std::uint64_t height);
    // Drops one that can never be included, such as one whose sender can no longer pay.
    void drop(const Hash256& hash);

    // The nonce after the ready run that starts at `account_nonce`.
    std::uint64_t next_nonce(const Address& sender, std::uint64_t account_nonce) const;
    CheckedTxPtr find(const Hash256& hash) const;
    std::vector<SenderContent> content() const;  // sorted by sender
    std::size_t size() const;
    std::size_t bytes() const;
    // (ready, waiting for an earlier nonce).
    std::pair<std::size_t, std::size_t> counts() const;

    // Called outside the lock after each accepted transaction; set before use.
    void on_added(std::function<void(const CheckedTxPtr&)> callback) {
        added_ = std::move(callback);
    }

  private:
    struct Entry {
        CheckedTxPtr tx;
        std::uint64_t arrival = 0;
        std::uint64_t height = 0;
    };
    using Queue = std::map<std::uint64_t, Entry>;  // by nonce
    // A sender's next transaction. Its tip at any base fee is at most `bound`, so walking heads in
    // this order meets the best ones first, whatever the base fee.
    struct Head {
        Amount bound;
        std::uint64_t arrival = 0;
        Address sender;
        bool operator<(const Head& other) const {
            if (bound != other.bound) return bound > other.bound;
            return arrival < other.arrival;
        }
    };
    struct Sender {
        Queue txs;
        std::uint64_t next = 0;    // the account's nonce as last seen
        std::optional<Head> head;  // as it stands in heads_
    };
    struct Selection;
    struct Arrived {
        std::uint64_t height = 0;
        std::uint64_t arrival = 0;
        Hash256 hash;
    };
    // Cheapest first; among equals the youngest, so that the oldest survives longest.
    struct Cheapness {
        Amount tip;
        std::uint64_t arrival = 0;
        Hash256 hash;
        bool operator<(const Cheapness& other) const {
            if (tip != other.tip) return tip < other.tip;
            if (arrival != other.arrival) return arrival > other.arrival;
            return hash < other.hash;
        }
    };

    Result<void> admit(const CheckedTxPtr& tx, std::uint64_t account_nonce);
    Result<void> make_room(const CheckedTxPtr& tx);
    void remove(const CheckedTxPtr& tx);
    void place_head(const Address& address, Sender& sender);
    void expire();
    static Cheapness cheapness(const Entry& entry);
    static std::size_t ready_count(const Sender& sender);

    MempoolLimits limits_;
    std::function<void(const CheckedTxPtr&)> added_;
    mutable std::mutex mutex_;
    boost::unordered_flat_map<Address, Sender, FixedBytesHash> senders_;
    boost::unordered_flat_map<Hash256, CheckedTxPtr, FixedBytesHash> by_hash_;
    std::set<Cheapness> by_price_;
    std::set<Head> heads_;
    std::deque<Arrived> by_age_;  // oldest first; may name some that have left
    std::size_t bytes_ = 0;
    std::uint64_t arrivals_ = 0;
    std::uint64_t height_ = 0;
};

}  // namespace assay
