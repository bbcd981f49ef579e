// The list of connections and the CORS rule.
#include "rpc/server/core.hpp"

#include <algorithm>

namespace assay::rpc {

void ServerCore::enlist(const std::shared_ptr<Session>& session) {
    const std::lock_guard lock(mutex_);
    sessions_.emplace(session.get(), session);
}

void ServerCore::delist(const Session* session) {
    const std::lock_guard lock(mutex_);
    sessions_.erase(session);
    if (sessions_.empty()) emptied_.notify_all();
}

std::size_t ServerCore::open() const {
    const std::lock_guard lock(mutex_);
    return sessions_.size();
}

void ServerCore::for_each(const std::function<void(Session&)>& visit) const {
    std::vector<std::shared_ptr<Session>> alive;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [key, weak] : sessions_)
            if (auto session = weak.lock()) alive.push_back(std::move(session));
    }
    for (const auto& session : alive) visit(*session);
}

bool ServerCore::wait_until_empty(std::uint32_t timeout_ms) {
    std::unique_lock lock(mutex_);
    return emptied_.wait_for(lock, std::chrono::milliseconds(timeout_ms),
                             [&] { return sessions_.empty(); });
}

std::string ServerCore::allowed_origin(std::string_view origin) const {
    for (const auto& allowed : config.cors_origins) {
        if (allowed == "*") return "*";
        if (allowed == origin) return std::string(origin);
    }
    return {};
}

}  // namespace assay::rpc
