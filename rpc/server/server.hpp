// Owns a listening port: HTTP and WebSocket clients of one dispatcher.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "chain/base/result.hpp"
#include "rpc/server/dispatcher.hpp"
#include "rpc/server/rate_limiter.hpp"
#include "rpc/server/worker_pool.hpp"

namespace assay::rpc {

struct ServerConfig {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8545;  // 0 takes any free one
    std::size_t max_connections = 1'000;
    std::size_t max_body_bytes = 5U << 20U;
    std::size_t max_message_bytes = 32U << 20U;  // WebSocket
    std::uint32_t read_timeout_ms = 30'000;      // of one request
    std::uint32_t write_timeout_ms = 30'000;     // of one reply
    std::uint32_t idle_timeout_ms = 120'000;     // between requests
    std::uint32_t stop_timeout_ms = 5'000;       // for replies in progress when stopping
    std::size_t push_buffer = 20'000;            // messages; the client that fills it is dropped
    std::vector<std::string> cors_origins = {"*"};
};

struct HttpReply {
    unsigned status = 200;
    std::string content_type = "application/json";
    std::string body;
};

// What plain GET requests see. Handlers run on RPC threads and must not block.
struct HttpRoutes {
    // Answers from any thread, once.
    using Answer = std::function<void(HttpReply)>;
    using Later = std::function<void(std::string_view target,
                                     const std::shared_ptr<Session>& session, Answer answer)>;
    Later all;  // where it is set, it answers every request
    using Get = std::function<HttpReply(std::string_view target)>;
    std::map<std::string, Get, std::less<>> exact;  // by path, the query removed
    Get fallback;                                   // gets the whole target; empty for 404
    // An error makes GET /ready answer 503 with its text.
    std::function<Result<void>()> ready;
};

class Server {
  public:
    // All references must outlive the server.
    Server(ServerConfig config, WorkerPool& pool, const Dispatcher& dispatcher,
           RateLimiter& limiter, HttpRoutes routes = {});
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Fails where the address cannot be bound; the text names it.
    Result<void> start();
    // The bound port, after start().
    std::uint16_t port() const;
    // Accepts nobody more, lets replies in progress finish, then ends every connection. Not from an
    // RPC thread.
    void stop();
    std::size_t connections() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace assay::rpc
