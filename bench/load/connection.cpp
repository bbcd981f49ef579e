// Sockets by system calls: the generator shares its processors with the node it measures.
#include "bench/load/connection.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

namespace assay::bench {

namespace {

constexpr std::size_t kReceiveBytes = 256U << 10U;

Error system_failure(const char* what) {
    return failure(std::string(what) + ": " + std::strerror(errno));
}

// The value of Content-Length; nothing where the head has none.
std::optional<std::size_t> content_length(std::string_view head) {
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;
         at = head.find("\r\n", at + 2)) {
        constexpr std::string_view kName = "content-length:";
        std::string_view line = head.substr(at + 2, kName.size());
        if (line.size() != kName.size() || ::strncasecmp(line.data(), kName.data(), line.size()))
            continue;
        std::size_t from = at + 2 + kName.size();
        while (from < head.size() && head[from] == ' ') ++from;
        std::size_t out = 0;
        if (std::from_chars(head.data() + from, head.data() + head.size(), out).ec == std::errc())
            return out;
    }
    return std::nullopt;
}

}  // namespace

std::string hex_number(std::uint64_t value) {
    char text[32];
    std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
    return text;
}

std::string call_text(const std::string& method, const std::string& params, std::size_t id) {
    return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + method +
           R"(","params":[)" + params + "]}";
}

Socket::~Socket() {
    if (fd_ >= 0) ::close(fd_);
}

Result<Socket> Socket::connect(std::uint16_t port) {
    Socket out;
    out.fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (out.fd_ < 0) return system_failure("socket");
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(out.fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
        return system_failure("connect");
    const int on = 1;
    ::setsockopt(out.fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return out;
}

Result<void> Socket::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return system_failure("send");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<void> Socket::receive(std::string& buffer) {
    const std::size_t had = buffer.size();
    buffer.resize(had + kReceiveBytes);
    while (true) {
        const auto got = ::recv(fd_, buffer.data() + had, kReceiveBytes, 0);
        if (got < 0 && errno == EINTR) continue;
        buffer.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0) return system_failure("receive");
        if (got == 0) return failure("the node closed the connection");
        return {};
    }
}

void Socket::shut_down() {
    ::shutdown(fd_, SHUT_RDWR);
}

Result<HttpClient> HttpClient::connect(std::uint16_t port) {
    auto socket = Socket::connect(port);
    if (!socket) return socket.error();
    HttpClient out;
    out.socket_ = std::move(*socket);
    return out;
}

std::string HttpClient::request_of(std::string_view body) {
    return "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
           "Content-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

Result<std::string_view> HttpClient::exchange(std::string_view request) {
    if (auto sent = socket_.send(request); !sent) return sent.error();
    buffer_.clear();
    std::size_t head_end = std::string::npos;
    while (head_end == std::string::npos) {
        if (auto got = socket_.receive(buffer_); !got) return got.error();
        head_end = buffer_.find("\r\n\r\n");
    }
    const std::string head = buffer_.substr(0, head_end);
    const auto length = content_length(head);
    if (!head.starts_with("HTTP/1.1 200") || !length)
        return failure("unexpected HTTP answer: " + head.substr(0, head.find("\r\n")));
    while (buffer_.size() < head_end + 4 + *length)
        if (auto got = socket_.receive(buffer_); !got) return got.error();
    return std::string_view(buffer_).substr(head_end + 4, *length);
}

Result<rapidjson::Document> read_receipts(HttpClient& client, std::uint64_t height) {
    const auto body =
        client.call(call_text("eth_getBlockReceipts", '"' + hex_number(height) + '"', 1));
    if (!body) return body.error();
    rapidjson::Document out;
    out.Parse(body->data(), body->size());
    if (out.HasParseError() || !out.HasMember("result") || !out["result"].IsArray())
        return failure("no receipts of block " + std::to_string(height));
    return out;
}

Result<WsListener> WsListener::connect(std::uint16_t port, std::string_view subscription) {
    auto socket = Socket::connect(port);
    if (!socket) return socket.error();
    WsListener out;
    out.socket_ = std::move(*socket);
    auto sent = out.socket_.send(
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: YXNzYXkgYmVuY2htYXJrIQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    if (!sent) return sent.error();
    std::size_t head_end = std::string::npos;
    while (head_end == std::string::npos) {
        if (auto got = out.socket_.receive(out.buffer_); !got) return got.error();
        head_end = out.buffer_.find("\r\n\r\n");
    }
    if (!out.buffer_.starts_with("HTTP/1.1 101")) return failure("no WebSocket at this port");
    out.buffer_.erase(0, head_end + 4);
    if (sent = out.send_frame(1, subscription); !sent) return sent.error();
    return out;
}

// Masked as RFC 6455 wants of clients, with a mask of zeros.
Result<void> WsListener::send_frame(std::uint8_t opcode, std::string_view payload) {
    if (payload.size() > 0xFFFF) return failure("the message is too long for this client");
    std::string frame{static_cast<char>(0x80 | opcode)};
    if (payload.size() < 126) {
        frame.push_back(static_cast<char>(0x80 | payload.size()));
    } else {
        frame.push_back(static_cast<char>(0x80 | 126));
        frame.push_back(static_cast<char>(payload.size() >> 8U));
        frame.push_back(static_cast<char>(payload.size()));
    }
    frame.append(4, '\0');
    frame.append(payload);
    return socket_.send(frame);
}

Result<void> WsListener::need(std::size_t bytes) {
    while (buffer_.size() < bytes)
        if (auto got = socket_.receive(buffer_); !got) return got;
    return {};
}

Result<std::string> WsListener::next() {
    std::string message;
    while (true) {
        if (auto got = need(2); !got) return got.error();
        const auto first = static_cast<std::uint8_t>(buffer_[0]);
        const auto second = static_cast<std::uint8_t>(buffer_[1]);
        std::size_t length = second & 0x7FU;
        const std::size_t wide = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (auto got = need(2 + wide); !got) return got.error();
        if (wide > 0) length = 0;
        for (std::size_t i = 0; i < wide; ++i)
            length = length << 8U | static_cast<std::uint8_t>(buffer_[2 + i]);
        if (auto got = need(2 + wide + length); !got) return got.error();
        const std::string payload = buffer_.substr(2 + wide, length);
        buffer_.erase(0, 2 + wide + length);
        const unsigned opcode = first & 0x0FU;
        if (opcode == 8) return failure("the node closed the connection");
        if (opcode == 9) {
            if (auto sent = send_frame(10, payload); !sent) return sent.error();
        }
        if (opcode > 2) continue;
        message += payload;
        if ((first & 0x80U) != 0) return message;
    }
}

}  // namespace assay::bench
