// Filters by id, expired when the table is touched.
#include "rpc/eth/filters.hpp"

#include <random>

namespace assay::rpc {

std::string random_id() {
    thread_local std::random_device source;
    const auto word = [] { return std::uint64_t{source()} << 32 | source(); };
    return quantity_of(Amount::from_raw(static_cast<u128>(word()) << 64 | word()));
}

void FilterTable::expire(Clock::time_point now) {
    for (auto it = filters_.begin(); it != filters_.end();) {
        if (it->second.expires > now) {
            ++it;
            continue;
        }
        if (std::holds_alternative<PendingFilter>(it->second.filter.kind)) --pending_filters_;
        it = filters_.erase(it);
    }
}

Rpc<std::string> FilterTable::install(Filter filter) {
    const auto now = Clock::now();
    const std::lock_guard lock(mutex_);
    expire(now);
    if (filters_.size() >= limits_.filters)
        return error_of(ErrorCode::limit_exceeded, "too many filters are installed");
    if (std::holds_alternative<PendingFilter>(filter.kind)) ++pending_filters_;
    std::string id = random_id();
    filters_[id] = {.filter = std::move(filter),
                    .expires = now + std::chrono::milliseconds(limits_.filter_life_ms)};
    return id;
}

bool FilterTable::uninstall(std::string_view id) {
    const std::lock_guard lock(mutex_);
    const auto it = filters_.find(id);
    if (it == filters_.end()) return false;
    if (std::holds_alternative<PendingFilter>(it->second.filter.kind)) --pending_filters_;
    filters_.erase(it);
    return true;
}

bool FilterTable::with(std::string_view id, const std::function<void(Filter&)>& use) {
    const auto now = Clock::now();
    const std::lock_guard lock(mutex_);
    expire(now);
    const auto it = filters_.find(id);
    if (it == filters_.end()) return false;
    it->second.expires = now + std::chrono::milliseconds(limits_.filter_life_ms);
    use(it->second.filter);
    return true;
}

void FilterTable::add_pending(const Hash256& hash) {
    if (pending_filters_ == 0) return;
    const std::lock_guard lock(mutex_);
    for (auto& [id, entry] : filters_) {
        auto* pending = std::get_if<PendingFilter>(&entry.filter.kind);
        if (pending == nullptr) continue;
        pending->hashes.push_back(hash);
        if (pending->hashes.size() > limits_.filter_hashes) pending->hashes.pop_front();
    }
}

}  // namespace assay::rpc
