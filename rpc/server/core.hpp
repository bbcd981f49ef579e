// Owns what all sessions of one server share: its settings and the list of open connections.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>

#include "rpc/server/server.hpp"
#include "rpc/server/session.hpp"

namespace assay::rpc {

class ServerCore {
  public:
    ServerCore(ServerConfig settings, const Dispatcher& methods, HttpRoutes gets)
        : config(std::move(settings)), dispatcher(methods), routes(std::move(gets)) {}

    const ServerConfig config;
    const Dispatcher& dispatcher;
    const HttpRoutes routes;
    std::atomic<bool> stopping{false};

    void enlist(const std::shared_ptr<Session>& session);
    void delist(const Session* session);
    std::size_t open() const;
    // Calls every open session.
    void for_each(const std::function<void(Session&)>& visit) const;
    // False where connections were still open at the end of the time.
    bool wait_until_empty(std::uint32_t timeout_ms);

    // The value of Access-Control-Allow-Origin for this origin; empty to deny.
    std::string allowed_origin(std::string_view origin) const;

  private:
    mutable std::mutex mutex_;
    std::condition_variable emptied_;
    std::map<const Session*, std::weak_ptr<Session>> sessions_;
};

}  // namespace assay::rpc
