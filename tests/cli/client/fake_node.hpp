// A node for tests: answers JSON-RPC calls on a loopback port from a table of method to result.
#pragma once

#include <arpa/inet.h>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "chain/codec/json.hpp"

namespace assay::cli::testing {

class FakeNode {
  public:
    // Given the params as JSON text, returns `"result":...` or `"error":{...}`.
    using Answer = std::function<std::string(const std::string& params)>;

    explicit FakeNode(std::map<std::string, Answer> answers);
    ~FakeNode();
    FakeNode(const FakeNode&) = delete;
    FakeNode& operator=(const FakeNode&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    // Methods called so far, in order.
    std::vector<std::string> calls() const;

  private:
    void serve();
    std::string answer(const std::string& body);

    std::map<std::string, Answer> answers_;
    int listener_ = -1;
    unsigned short port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> calls_;
    std::thread thread_;
};

// An answer that is always the same.
inline FakeNode::Answer fixed(std::string text) {
    return [text = std::move(text)](const std::string&) { return text; };
}

inline FakeNode::FakeNode(std::map<std::string, Answer> answers) : answers_(std::move(answers)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(place);
    BOOST_REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&place), size) == 0);
    BOOST_REQUIRE(::listen(listener_, 16) == 0);
    BOOST_REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&place), &size) == 0);
    port_ = ntohs(place.sin_port);
    thread_ = std::thread([this] { serve(); });
}

inline FakeNode::~FakeNode() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
}

inline std::vector<std::string> FakeNode::calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
}

inline std::string FakeNode::answer(const std::string& body) {
    const auto request = json::parse(body);
    if (!request || !request->HasMember("method")) return "\"error\":{\"code\":-32600}";
    const std::string method = (*request)["method"].GetString();
    {
        const std::lock_guard lock(mutex_);
        calls_.push_back(method);
    }
    rapidjson::StringBuffer buffer;
    JsonWriter out(buffer);
    (*request)["params"].Accept(out);
    const auto it = answers_.find(method);
    if (it == answers_.end())
        return "\"error\":{\"code\":-32601,\"message\":\"the method " + method +
               " does not exist/is not available\"}";
    return it->second(buffer.GetString());
}

inline void FakeNode::serve() {
    for (;;) {
        const int peer = ::accept(listener_, nullptr, nullptr);
        if (peer < 0) return;
        std::string in;
        char part[4096];
        std::size_t wanted = std::string::npos;
        while (in.size() < wanted) {
            const ssize_t got = ::read(peer, part, sizeof(part));
            if (got <= 0) break;
            in.append(part, static_cast<std::size_t>(got));
            const std::size_t head = in.find("\r\n\r\n");
            const std::size_t length = in.find("Content-Length: ");
            if (head != std::string::npos && length != std::string::npos)
                wanted = head + 4 + std::stoul(in.substr(length + 16));
        }
        const std::size_t head = in.find("\r\n\r\n");
        const std::string body = head == std::string::npos ? "" : in.substr(head + 4);
        const std::string text = "{\"jsonrpc\":\"2.0\",\"id\":1," + answer(body) + "}";
        const std::string reply =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            "Content-Length: " +
            std::to_string(text.size()) + "\r\n\r\n" + text;
        [[maybe_unused]] const ssize_t wrote = ::write(peer, reply.data(), reply.size());
        ::close(peer);
    }
}

}  // namespace assay::cli::testing
