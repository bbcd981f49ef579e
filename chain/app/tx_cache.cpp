// First in, first out.
#include "chain/app/tx_cache.hpp"

namespace assay {

void TxCache::insert(CheckedTxPtr tx) {
    const Hash256 key = tx->sha256;
    const std::lock_guard lock(mutex_);
    if (!by_hash_.emplace(key, std::move(tx)).second) return;
    order_.push_back(key);
    while (order_.size() > capacity_) {
        by_hash_.erase(order_.front());
        order_.pop_front();
    }
}

CheckedTxPtr TxCache::find(const Hash256& sha256) const {
    const std::lock_guard lock(mutex_);
    const auto it = by_hash_.find(sha256);
    return it == by_hash_.end() ? nullptr : it->second;
}

void TxCache::erase(const std::vector<CheckedTxPtr>& txs) {
    const std::lock_guard lock(mutex_);
    for (const auto& tx : txs) by_hash_.erase(tx->sha256);
}

}  // namespace assay
