// Owns the check of transactions whose senders somebody claims: many signatures
// at once (ADR 14).
#pragma once

#include <atomic>
#include <optional>
#include <span>

#include "chain/app/application.hpp"
#include "chain/app/key_book.hpp"
#include "chain/app/tx_cache.hpp"

namespace assay {

// What is valid, and who sent it, is always what recovering each signature says: a false claim
// costs time only. Thread-safe.
class ClaimedSenders {
  public:
    // Both must outlive it.
    ClaimedSenders(const TxChecker& checker, TxCache& cache);

    // Checks the transactions and keeps the good ones in the cache. Returns, in rising order, which
    // of the blocks name a sender that did not sign.
    std::vector<std::size_t> check(std::span<const ClaimedTxs> blocks);

    // Signatures that no recovery was needed for, since the start.
    std::uint64_t held_jointly() const { return held_jointly_; }

  private:
    struct Group;
    struct Waiting;

    void gather(Group& group, std::size_t block, const ClaimedTxs& of);
    void add(Group& group, Waiting waiting);
    void settle(Group& group);
    std::optional<Address> recover(const Waiting& waiting);
    void recover_and_compare(Group& group, Waiting& waiting);
    void keep(std::shared_ptr<CheckedTx> tx, const Address& sender);

    const TxChecker& checker_;
    TxCache& cache_;
    KeyBook book_;
    std::atomic<std::uint64_t> held_jointly_{0};
};

}  // namespace assay
