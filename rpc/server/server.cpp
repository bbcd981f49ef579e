// Accepting connections up to the cap, and the orderly stop.
#include "rpc/server/server.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <future>

#include "rpc/server/sessions.hpp"

namespace assay::rpc {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// How long accepting rests when the system has no descriptor left.
constexpr std::chrono::milliseconds kAcceptPause{50};

// One budget for an IPv4 address, one for an IPv6 /64: what one customer of a network gets.
std::string client_of(const tcp::socket& socket) {
    boost::system::error_code error;
    const auto remote = socket.remote_endpoint(error);
    if (error) return {};
    if (remote.address().is_v4()) return remote.address().to_string();
    const auto bytes = remote.address().to_v6().to_bytes();
    return std::string(bytes.begin(), bytes.begin() + 8);
}

}  // namespace

struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
    Impl(ServerConfig config, WorkerPool& pool, const Dispatcher& dispatcher, RateLimiter& budgets,
         HttpRoutes routes)
        : core(std::make_shared<ServerCore>(std::move(config), dispatcher, std::move(routes))),
          context(pool.context()),
          limiter(budgets),
          acceptor(asio::make_strand(context)),
          pause(acceptor.get_executor()) {}

    Result<void> listen() {
        const std::string place = core->config.address + ":" + std::to_string(core->config.port);
        boost::system::error_code error;
        const auto address = asio::ip::make_address(core->config.address, error);
        if (error) return failure("RPC address " + place + " is not an IP address");
        const tcp::endpoint endpoint(address, core->config.port);
        acceptor.open(endpoint.protocol(), error);
        if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error) return failure("cannot listen on " + place + ": " + error.message());
        port = acceptor.local_endpoint().port();
        return {};
    }

    void accept() {
        acceptor.async_accept(asio::make_strand(context),
                              [self = shared_from_this()](const boost::system::error_code& error,
                                                          tcp::socket socket) {
                                  self->accepted(error, std::move(socket));
                              });
    }

    void accepted(const boost::system::error_code& error, tcp::socket socket) {
        if (!acceptor.is_open()) return;
        if (error) {
            pause.expires_after(kAcceptPause);
            pause.async_wait([self = shared_from_this()](const boost::system::error_code& failed) {
                if (!failed) self->accept();
            });
            return;
        }
        boost::system::error_code ignored;
        if (core->open() < core->config.max_connections) {
            socket.set_option(tcp::no_delay(true), ignored);
            auto bucket = limiter.bucket_of(client_of(socket));
            start_http(std::move(socket), core, std::move(bucket));
        } else {
            socket.close(ignored);
        }
        accept();
    }

    void close() {
        std::promise<void> promise;
        const auto closed = promise.get_future();
        // The promise moves along: set_value() may still touch it after the waiter has gone on.
        asio::dispatch(acceptor.get_executor(),
                       [self = shared_from_this(), promise = std::move(promise)]() mutable {
                           boost::system::error_code ignored;
                           self->acceptor.close(ignored);
                           self->pause.cancel();
                           promise.set_value();
                       });
        closed.wait();
    }

    std::shared_ptr<ServerCore> core;
    asio::io_context& context;
    RateLimiter& limiter;
    tcp::acceptor acceptor;
    asio::steady_timer pause;
    std::uint16_t port = 0;
};

Server::Server(ServerConfig config, WorkerPool& pool, const Dispatcher& dispatcher,
               RateLimiter& limiter, HttpRoutes routes)
    : impl_(std::make_shared<Impl>(std::move(config), pool, dispatcher, limiter,
                                   std::move(routes))) {}

Server::~Server() {
    stop();
}

Result<void> Server::start() {
    if (auto listening = impl_->listen(); !listening) return listening;
    asio::dispatch(impl_->acceptor.get_executor(), [impl = impl_] { impl->accept(); });
    return {};
}

std::uint16_t Server::port() const {
    return impl_->port;
}

std::size_t Server::connections() const {
    return impl_->core->open();
}

void Server::stop() {
    ServerCore& core = *impl_->core;
    if (core.stopping.exchange(true) || impl_->port == 0) return;
    impl_->close();
    core.for_each([](Session& session) { session.shut_down(); });
    if (core.wait_until_empty(core.config.stop_timeout_ms)) return;
    core.for_each([](Session& session) { session.abort(); });
    core.wait_until_empty(core.config.stop_timeout_ms);
}

}  // namespace assay::rpc
