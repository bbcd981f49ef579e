// Stopping while clients connect, upgrade, pipeline and are pushed to: in any order, without harm.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "rpc/server/server.hpp"
#include "tests/rpc/socket_client.hpp"

using namespace assay;
using namespace assay::rpc;
using assay::test::SocketClient;

namespace {

constexpr unsigned kClients = 4;
constexpr unsigned kRounds = 40;

const std::string kJoin = R"({"jsonrpc":"2.0","id":1,"method":"join"})";
const std::string kLater = R"({"jsonrpc":"2.0","id":2,"method":"later"})";

struct Busy {
    WorkerPool pool{3};
    Dispatcher dispatcher;
    RateLimiter limiter{{}};
    std::mutex mutex;
    std::vector<std::weak_ptr<Session>> sessions;
    std::atomic<unsigned> steps{0};
    std::unique_ptr<Server> server;

    Busy() {
        dispatcher.add({.name = "join", .summary = "", .params = {}},
                       [this](Call& call) -> Outcome {
                           const std::lock_guard lock(mutex);
                           sessions.push_back(call.session);
                           call.out.Bool(call.session->can_push());
                           return Done{};
                       });
        dispatcher.add({.name = "later", .summary = "", .params = {}}, [this](Call&) -> Outcome {
            return Deferred{[this](Complete complete) {
                pool.post([complete = std::move(complete)] { complete(std::string("true")); });
            }};
        });
        server = std::make_unique<Server>(ServerConfig{.port = 0, .stop_timeout_ms = 1'000}, pool,
                                          dispatcher, limiter);
        BOOST_REQUIRE(server->start().has_value());
    }
    ~Busy() {
        server->stop();
        pool.stop();
    }

    void push_to_all() {
        const std::lock_guard lock(mutex);
        const auto body = std::make_shared<const std::string>(std::string(3'000, 'x'));
        for (const auto& weak : sessions)
            if (const auto session = weak.lock()) session->push("head ", body);
    }
    // Upgrades, then talks without reading until the server ends the connection. Before every step
    // it counts, so that the stop falls between different ones from round to round.
    void chat(SocketClient& client) {
        steps.fetch_add(1);  // every client counts one at least, so that the stop comes
        if (client.upgrade() != 101) return;
        steps.fetch_add(1);
        bool alive = client.send_message(kJoin);
        while (alive) {
            alive = client.send_message(kLater) && client.send_message("[" + kLater + "]");
            push_to_all();
            steps.fetch_add(1);
            alive = alive && !client.read_message().empty();
        }
        client.send(std::string("\x88\x80\0\0\0\0", 6));
        client.closed();
    }
    void pipeline(SocketClient& client) {
        steps.fetch_add(1);
        const std::string two = SocketClient::request(kLater) + SocketClient::request(kJoin);
        while (client.send(two + two)) {
            steps.fetch_add(1);
            for (int i = 0; i < 4; ++i)
                if (client.read_reply().status != 200) return;
        }
    }
    void stop_after(unsigned count) {
        while (steps.load() < count) std::this_thread::yield();
        server->stop();
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_stop_may_fall_anywhere) {
    for (unsigned round = 0; round < kRounds; ++round) {
        Busy busy;
        std::vector<std::thread> clients;
        for (unsigned i = 0; i < kClients; ++i) {
            auto client = std::make_shared<SocketClient>(busy.server->port());
            clients.emplace_back([&busy, i, client] {
                if (i % 4 == 3)
                    busy.pipeline(*client);
                else
                    busy.chat(*client);
            });
        }
        busy.stop_after(std::min(round, kClients));
        for (auto& client : clients) client.join();
    }
}

// The close frame must wait for the handshake's reply: a client that has read the reply is no proof
// that its write has ended for the server.
BOOST_AUTO_TEST_CASE(a_stop_right_after_an_upgrade_waits_for_it) {
    for (unsigned round = 0; round < kRounds; ++round) {
        Busy busy;
        SocketClient client(busy.server->port());
        BOOST_TEST(client.upgrade() == 101);
        std::thread stopping([&] { busy.server->stop(); });
        BOOST_TEST(client.read_message().empty());
        client.send(std::string("\x88\x80\0\0\0\0", 6));
        client.finish();
        BOOST_TEST(client.closed());
        stopping.join();
        BOOST_TEST(busy.server->connections() == 0U);
    }
}
