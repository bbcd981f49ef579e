// Owns RecentHashes: a bounded memory of hashes; the oldest are forgotten first.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <deque>

#include "chain/types/ids.hpp"

namespace assay::consensus {

// Keeps eight bytes of each hash: a transaction that shares them with another one's hash takes more
// work to find than it could spoil.
class RecentHashes {
  public:
    explicit RecentHashes(std::size_t most) : most_(most) {}

    // False where it was there.
    bool add(const Hash256& hash) {
        const std::uint64_t key = key_of(hash);
        if (!keys_.insert(key).second) return false;
        order_.push_back(key);
        if (order_.size() > most_) {
            keys_.erase(order_.front());
            order_.pop_front();
        }
        return true;
    }
    bool contains(const Hash256& hash) const { return keys_.contains(key_of(hash)); }
    void erase(const Hash256& hash) { keys_.erase(key_of(hash)); }
    std::size_t size() const { return order_.size(); }

  private:
    static std::uint64_t key_of(const Hash256& hash) {
        std::uint64_t out = 0;
        std::memcpy(&out, hash.data(), sizeof out);
        return out;
    }

    std::size_t most_;
    boost::unordered_flat_set<std::uint64_t> keys_;
    std::deque<std::uint64_t> order_;  // may name some that were erased
};

}  // namespace assay::consensus
