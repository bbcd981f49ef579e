// Owns the load generator's connections: blocking keep-alive HTTP and a WebSocket that listens.
#pragma once

#include <cstdint>
#include <rapidjson/document.h>
#include <string>
#include <string_view>

#include "chain/base/result.hpp"

namespace assay::bench {

// The text of a JSON-RPC request; `params` are its parameters in JSON, with commas between.
std::string call_text(const std::string& method, const std::string& params, std::size_t id);
// "0x1f": a JSON-RPC quantity.
std::string hex_number(std::uint64_t value);

// A TCP connection to a port of this machine; closed with the object.
class Socket {
  public:
    Socket() = default;
    Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Socket();
    static Result<Socket> connect(std::uint16_t port);

    Result<void> send(std::string_view bytes);
    // Appends what has come; fails when the other side closed.
    Result<void> receive(std::string& buffer);
    // Makes a receive() of another thread fail.
    void shut_down();

  private:
    int fd_ = -1;
};

// One request at a time.
class HttpClient {
  public:
    static Result<HttpClient> connect(std::uint16_t port);

    // A whole POST of a JSON body, made ahead so that sending costs only the copy to the kernel.
    static std::string request_of(std::string_view body);
    // The body of the answer, valid until the next call; fails on any status but 200.
    Result<std::string_view> exchange(std::string_view request);
    Result<std::string_view> call(std::string_view body) { return exchange(request_of(body)); }

  private:
    Socket socket_;
    std::string buffer_;
};

// The answer to eth_getBlockReceipts; its "result" is the array of receipts.
Result<rapidjson::Document> read_receipts(HttpClient& client, std::uint64_t height);

// Receives text messages; sends nothing after its subscription but answers to pings.
class WsListener {
  public:
    // Connects and sends the JSON text `subscription`.
    static Result<WsListener> connect(std::uint16_t port, std::string_view subscription);
    // The next message; fails when the connection ends.
    Result<std::string> next();
    void shut_down() { socket_.shut_down(); }

  private:
    Result<void> send_frame(std::uint8_t opcode, std::string_view payload);
    Result<void> need(std::size_t bytes);

    Socket socket_;
    std::string buffer_;
};

}  // namespace assay::bench
