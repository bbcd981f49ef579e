// Two generations: when the young one is full, the old one is forgotten.
#include "chain/app/key_book.hpp"

namespace assay {

void KeyBook::keep(const Address& address, const crypto::PublicKey& key) {
    if (young_.size() == capacity_) {
        old_ = std::move(young_);
        young_.clear();
    }
    young_.emplace(address, key);
}

void KeyBook::learn(const Address& address, const crypto::PublicKey& key) {
    const std::lock_guard lock(mutex_);
    if (!young_.contains(address)) keep(address, key);
}

std::optional<crypto::PublicKey> KeyBook::find(const Address& address) {
    const std::lock_guard lock(mutex_);
    if (const auto it = young_.find(address); it != young_.end()) return it->second;
    const auto it = old_.find(address);
    if (it == old_.end()) return std::nullopt;
    const crypto::PublicKey key = it->second;
    keep(address, key);
    return key;
}

std::size_t KeyBook::size() const {
    const std::lock_guard lock(mutex_);
    return young_.size() + old_.size();
}

}  // namespace assay
