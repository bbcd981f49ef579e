// The server over real sockets: JSON-RPC rules, and every limit from the client's side.
#include "rpc/server/server.hpp"

#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/rpc/socket_client.hpp"

using namespace assay;
using namespace assay::rpc;
using assay::test::SocketClient;

namespace {

struct Fixture {
    WorkerPool pool{2};
    Dispatcher dispatcher{{.batch_items = 5, .batch_reply_bytes = 2'000}};
    RateLimiter limiter;
    std::mutex mutex;
    std::vector<std::shared_ptr<Session>> sessions;
    std::vector<Complete> deferred;
    std::unique_ptr<Server> server;

    explicit Fixture(ServerConfig config = {}, RateLimit limit = {}) : limiter(limit) {
        dispatcher.add({.name = "echo", .summary = "", .params = {}}, [](Call& call) -> Outcome {
            if (call.params == nullptr)
                call.out.Null();
            else
                call.params->Accept(call.out);
            return Done{};
        });
        dispatcher.add({.name = "fail", .summary = "", .params = {}}, [](Call& call) -> Outcome {
            call.out.StartArray();  // a result begun and given up
            return error_of(ErrorCode::reverted, "execution reverted", R"("0x01")");
        });
        dispatcher.add({.name = "throw", .summary = "", .params = {}},
                       [](Call&) -> Outcome { throw std::runtime_error("out of luck"); });
        dispatcher.add({.name = "later", .summary = "", .params = {}}, [this](Call&) -> Outcome {
            return Deferred{[this](Complete complete) {
                pool.post([complete = std::move(complete)] { complete(std::string("\"done\"")); });
            }};
        });
        dispatcher.add({.name = "join", .summary = "", .params = {}},
                       [this](Call& call) -> Outcome {
                           const std::lock_guard lock(mutex);
                           sessions.push_back(call.session);
                           call.out.Bool(call.session->can_push());
                           return Done{};
                       });
        dispatcher.add_discovery("test", "1");
        config.port = 0;
        server = std::make_unique<Server>(std::move(config), pool, dispatcher, limiter);
        BOOST_REQUIRE(server->start().has_value());
    }
    ~Fixture() {
        sessions.clear();
        server->stop();
        pool.stop();
    }
    std::string ask(std::string_view body) { return SocketClient(server->port()).post(body).body; }
};

std::string call_of(std::string_view method, std::string_view id = "1") {
    return R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"method":")" + std::string(method) +
           R"(","params":[1,"a"]})";
}

struct Small : Fixture {
    Small()
        : Fixture({.max_connections = 3, .max_body_bytes = 1'000, .max_message_bytes = 1'000}) {}
};

struct Impatient : Fixture {
    Impatient() : Fixture({.read_timeout_ms = 100, .idle_timeout_ms = 200}) {}
};

struct Metered : Fixture {
    Metered() : Fixture({}, {.per_second = 0.001, .burst = 3}) {}
};

struct Closed : Fixture {
    Closed() : Fixture({.cors_origins = {"https://a.example"}}) {}
};

struct Narrow : Fixture {
    Narrow() : Fixture({.push_buffer = 50}) {}
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(ids_come_back_as_they_were, Fixture) {
    for (const std::string id : {"1", "-7", "18446744073709551615", "\"x\\u0001\\\"\"", "null"})
        BOOST_TEST(
            ask(call_of("echo", id))
                .starts_with(R"({"jsonrpc":"2.0","id":)" + (id[0] == '"' ? R"("x\u0001\"")" : id)));
}

BOOST_FIXTURE_TEST_CASE(errors_have_the_codes_and_texts_clients_match, Fixture) {
    BOOST_TEST(ask(call_of("nope")) ==
               R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":)"
               R"("the method nope does not exist/is not available"}})");
    BOOST_TEST(ask(call_of("fail")) ==
               R"({"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted",)"
               R"("data":"0x01"}})");
    BOOST_TEST(ask(call_of("throw")).find("-32603") != std::string::npos);
    for (const std::string text : {"", "{", "[1,2", "{} x", "\xff", "{\"a\":\"\xff\"}", "[\"\xc3",
                                   "[\"\xe2\x82", "[\"\xe2", "[\"\xf0\x9f\x98", "[\"\xf0"})
        BOOST_TEST(ask(text).find("-32700") != std::string::npos, text);
    for (const std::string text :
         {"1", "[]", "[1]", R"({"jsonrpc":"1.0","id":1,"method":"echo"})",
          R"({"jsonrpc":"2.0","id":{},"method":"echo"})", R"({"jsonrpc":"2.0","id":1})"})
        BOOST_TEST(ask(text).find("-32600") != std::string::npos, text);
    BOOST_TEST(ask(R"({"jsonrpc":"2.0","id":1,"method":"echo","params":7})").find("-32602") !=
               std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(missing_params_and_unknown_members_are_tolerated, Fixture) {
    BOOST_TEST(ask(R"({"x":[{}],"jsonrpc":"2.0","method":"echo","id":2})") ==
               R"({"jsonrpc":"2.0","id":2,"result":null})");
}

BOOST_FIXTURE_TEST_CASE(notifications_get_no_reply, Fixture) {
    SocketClient client(server->port());
    const auto single = client.post(R"({"jsonrpc":"2.0","method":"echo"})");
    BOOST_TEST(single.status == 200);
    BOOST_TEST(single.body.empty());
    BOOST_TEST(client.post(R"([{"jsonrpc":"2.0","method":"echo"}])").body.empty());
    BOOST_TEST(client.post(R"([{"jsonrpc":"2.0","method":"later"}])").body.empty());
}

BOOST_FIXTURE_TEST_CASE(one_failing_call_does_not_spoil_a_batch, Fixture) {
    const std::string reply = ask("[" + call_of("fail", "1") + "," + call_of("later", "2") + ",3," +
                                  call_of("echo", "4") + "," + call_of("throw", "5") + "]");
    BOOST_TEST(reply.find(R"("id":1,"error")") != std::string::npos);
    BOOST_TEST(reply.find(R"("id":2,"result":"done")") != std::string::npos);
    BOOST_TEST(reply.find(R"("id":null,"error")") != std::string::npos);
    BOOST_TEST(reply.find(R"("id":4,"result":[1,"a"])") != std::string::npos);
    BOOST_TEST(reply.find(R"("id":5,"error")") != std::string::npos);
    rapidjson::Document parsed;
    BOOST_TEST(!parsed.Parse(reply.c_str()).HasParseError());
    BOOST_TEST(parsed.Size() == 5U);
}

BOOST_FIXTURE_TEST_CASE(batches_are_limited_in_calls_and_in_bytes, Fixture) {
    std::string six = "[";
    for (int i = 0; i < 6; ++i) six += (i > 0 ? "," : "") + call_of("echo");
    BOOST_TEST(ask(six + "]").find("batch too large: at most 5 calls") != std::string::npos);
    const std::string large =
        R"({"jsonrpc":"2.0","id":9,"method":"echo","params":[")" + std::string(1'500, 'x') + "\"]}";
    const std::string reply = ask("[" + large + "," + large + "," + call_of("echo") + "]");
    BOOST_TEST(reply.size() < 2'500U);
    BOOST_TEST(reply.find(R"("id":9,"error":{"code":-32003)") != std::string::npos);
    BOOST_TEST(reply.find(R"("id":1,"error":{"code":-32003)") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(deep_json_is_refused, Fixture) {
    const auto nested = [](std::size_t depth) {
        return R"({"jsonrpc":"2.0","id":1,"method":"echo","params":)" + std::string(depth, '[') +
               std::string(depth, ']') + "}";
    };
    BOOST_TEST(ask(nested(63)).find("result") != std::string::npos);
    BOOST_TEST(ask(nested(64)).find("deeper than 64") != std::string::npos);
    BOOST_TEST(ask(nested(2'000'000)).find("-32700") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(large_bodies_get_413_with_a_json_error, Small) {
    SocketClient client(server->port());
    const auto reply = client.post(std::string(900'000, ' '));
    BOOST_TEST(reply.status == 413);
    BOOST_TEST(reply.body.find("-32600") != std::string::npos);
    BOOST_TEST(client.closed());
}

BOOST_FIXTURE_TEST_CASE(large_websocket_messages_end_the_connection, Small) {
    SocketClient client(server->port());
    BOOST_TEST(client.upgrade() == 101);
    client.send_message(std::string(5'000, ' '));
    BOOST_TEST(client.read_message().empty());
    BOOST_TEST(client.closed());
}

BOOST_FIXTURE_TEST_CASE(connections_are_capped, Small) {
    SocketClient a(server->port());
    SocketClient b(server->port());
    SocketClient c(server->port());
    for (auto* client : {&a, &b, &c}) BOOST_TEST(client->post(call_of("echo")).status == 200);
    SocketClient d(server->port());
    BOOST_TEST(d.closed());
    BOOST_TEST(a.post(call_of("echo")).status == 200);
}

BOOST_FIXTURE_TEST_CASE(pipelined_requests_are_answered_in_order, Fixture) {
    SocketClient client(server->port());
    std::string all;
    for (const char* id : {"1", "2", "3"}) all += SocketClient::request(call_of("later", id));
    client.send(all);
    for (const char* id : {"1", "2", "3"})
        BOOST_TEST(client.read_reply().body.find(std::string("\"id\":") + id) != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_client_that_waits_for_100_continue_gets_it, Fixture) {
    SocketClient client(server->port());
    const std::string whole = SocketClient::request(call_of("echo"), "Expect: 100-continue\r\n");
    const auto head = whole.find("\r\n\r\n") + 4;
    client.send(whole.substr(0, head));
    BOOST_TEST(client.read_reply().status == 100);
    client.send(whole.substr(head));
    BOOST_TEST(client.read_reply().status == 200);
}

BOOST_FIXTURE_TEST_CASE(slow_and_idle_clients_are_closed, Impatient) {
    SocketClient idle(server->port());
    SocketClient slow(server->port());
    slow.send("POST / HTTP/1.1\r\nContent-Le");
    BOOST_TEST(slow.closed());
    BOOST_TEST(idle.closed());
}

BOOST_FIXTURE_TEST_CASE(broken_http_is_refused, Fixture) {
    SocketClient client(server->port());
    client.send("HELLO\r\n\r\n");
    BOOST_TEST(client.read_reply().status == 400);
    SocketClient wordy(server->port());
    wordy.send("GET / HTTP/1.1\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n");
    BOOST_TEST(wordy.read_reply().status == 431);
    SocketClient form(server->port());
    form.send("POST / HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}");
    BOOST_TEST(form.read_reply().status == 415);
}

BOOST_FIXTURE_TEST_CASE(every_item_of_a_batch_is_charged, Metered) {
    const std::string reply = ask("[" + call_of("echo") + "," + call_of("echo") + "," +
                                  call_of("echo") + "," + call_of("echo", "4") + "]");
    BOOST_TEST(reply.find(R"("id":4,"error":{"code":-32005)") != std::string::npos);
    SocketClient other(server->port());
    BOOST_TEST(other.upgrade() == 101);
    other.send_message(call_of("echo"));
    BOOST_TEST(other.read_message().find("-32005") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(health_readiness_and_cors, Fixture) {
    SocketClient client(server->port());
    BOOST_TEST(client.get("/health").body == R"({"status":"ok"})");
    BOOST_TEST(client.get("/ready?x=1").status == 200);
    BOOST_TEST(client.get("/nowhere").status == 404);
    client.send(
        "OPTIONS / HTTP/1.1\r\nOrigin: https://b.example\r\n"
        "Access-Control-Request-Headers: content-type\r\n\r\n");
    const auto reply = client.read_reply();
    BOOST_TEST(reply.status == 204);
    BOOST_TEST(reply.head.find("Access-Control-Allow-Origin: *\r\n") != std::string::npos);
    BOOST_TEST(reply.head.find("Access-Control-Allow-Headers: content-type\r\n") !=
               std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(foreign_origins_are_kept_out, Closed) {
    SocketClient client(server->port());
    client.send("OPTIONS / HTTP/1.1\r\nOrigin: https://b.example\r\n\r\n");
    BOOST_TEST(client.read_reply().head.find("Allow-Origin") == std::string::npos);
    BOOST_TEST(client.upgrade("Origin: https://b.example\r\n") == 403);
    BOOST_TEST(client.upgrade("Origin: https://a.example\r\n") == 101);
}

BOOST_FIXTURE_TEST_CASE(websocket_answers_and_pushes_after_the_reply, Fixture) {
    SocketClient client(server->port());
    BOOST_TEST(client.upgrade() == 101);
    client.send_message(call_of("join"));
    BOOST_TEST(client.read_message() == R"({"jsonrpc":"2.0","id":1,"result":true})");
    const auto body = std::make_shared<const std::string>("world");
    sessions.at(0)->push("hello ", body);
    BOOST_TEST(client.read_message() == "hello world");
    client.send_message("[" + call_of("later") + "]");
    BOOST_TEST(client.read_message() == R"([{"jsonrpc":"2.0","id":1,"result":"done"}])");
}

BOOST_FIXTURE_TEST_CASE(a_subscriber_that_does_not_read_is_dropped, Narrow) {
    SocketClient client(server->port(), 4'096);
    BOOST_TEST(client.upgrade() == 101);
    client.send_message(call_of("join"));
    BOOST_TEST(!client.read_message().empty());
    const auto body = std::make_shared<const std::string>(std::string(200'000, 'x'));
    for (int i = 0; i < 200; ++i) sessions.at(0)->push("", body);
    sessions.clear();
    BOOST_TEST(client.closed());
}

BOOST_FIXTURE_TEST_CASE(stopping_finishes_replies_and_ends_connections, Fixture) {
    SocketClient http(server->port());
    SocketClient ws(server->port());
    BOOST_TEST(http.post(call_of("echo")).status == 200);
    BOOST_TEST(ws.upgrade() == 101);
    std::thread stopping([&] { server->stop(); });
    BOOST_TEST(ws.read_message().empty());
    BOOST_TEST(http.closed());
    // The other side of the closing handshake: a close frame, masked.
    ws.send(std::string("\x88\x80\0\0\0\0", 6));
    BOOST_TEST(ws.closed());
    ws.finish();
    stopping.join();
    BOOST_TEST(server->connections() == 0U);
}

BOOST_FIXTURE_TEST_CASE(discovery_lists_every_method, Fixture) {
    const std::string reply = ask(call_of("rpc.discover"));
    for (const char* name : {"echo", "fail", "rpc.discover"})
        BOOST_TEST(reply.find("\"name\":\"" + std::string(name) + "\"") != std::string::npos);
}
