// Owns a blocking client on plain sockets, so that tests decide every byte that is sent.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "chain/base/bytes.hpp"

namespace assay::test {

// Every read gives up after ten seconds, so that a broken server fails a test and does not hang it.
class SocketClient {
  public:
    explicit SocketClient(std::uint16_t port, int receive_buffer = 0)
        : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        CHECK(fd_ >= 0);
        const timeval limit{.tv_sec = 10, .tv_usec = 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        if (receive_buffer > 0)
            ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        CHECK(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    }
    ~SocketClient() { ::close(fd_); }
    SocketClient(const SocketClient&) = delete;
    SocketClient& operator=(const SocketClient&) = delete;

    // False where the server has closed.
    bool send(std::string_view text) {
        while (!text.empty()) {
            const auto sent = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    // Says that nothing more will be sent.
    void finish() { ::shutdown(fd_, SHUT_WR); }
    // Up to and including `end`, or to the end of the stream.
    std::string read_until(std::string_view end) {
        std::size_t at = std::string::npos;
        while ((at = input_.find(end)) == std::string::npos)
            if (!fill()) return std::exchange(input_, {});
        return take(at + end.size());
    }
    // Fewer where the stream ends before.
    std::string read_bytes(std::size_t count) {
        while (input_.size() < count)
            if (!fill()) break;
        return take(std::min(count, input_.size()));
    }
    // Everything up to the end of the stream was read within the time limit.
    bool closed() {
        while (fill()) input_.clear();
        return !timed_out_;
    }

    struct Reply {
        int status = 0;
        std::string head;
        std::string body;
    };
    Reply read_reply() {
        Reply reply;
        reply.head = read_until("\r\n\r\n");
        if (reply.head.size() > 12) reply.status = std::stoi(reply.head.substr(9, 3));
        const auto at = reply.head.find("Content-Length: ");
        if (at != std::string::npos)
            reply.body = read_bytes(std::stoul(reply.head.substr(at + 16)));
        return reply;
    }
    static std::string request(std::string_view body, std::string_view extra = {}) {
        return "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
               std::string(extra) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
               std::string(body);
    }
    Reply post(std::string_view body) {
        send(request(body));
        return read_reply();
    }
    Reply get(std::string_view target) {
        send("GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        return read_reply();
    }

    // WebSocket (RFC 6455): the handshake's status, then whole text messages.
    int upgrade(std::string_view extra = {}) {
        send(
            "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
            std::string(extra) + "\r\n");
        return read_reply().status;
    }
    bool send_message(std::string_view text) {
        std::string frame = "\x81";
        if (text.size() < 126) {
            frame.push_back(static_cast<char>(0x80 | text.size()));
        } else {
            frame.push_back(static_cast<char>(0xff));
            for (int shift = 56; shift >= 0; shift -= 8)
                frame.push_back(static_cast<char>(text.size() >> shift));
        }
        frame.append(4, '\0');  // a mask of zeros leaves the text as it is
        return send(frame.append(text));
    }
    // Joins fragments; control frames are skipped. Empty at the end of the stream or a close frame.
    std::string read_message() {
        std::string out;
        for (;;) {
            const std::string head = read_bytes(2);
            if (head.size() < 2) return {};
            std::size_t size = static_cast<std::uint8_t>(head[1]) & 0x7fU;
            if (size >= 126) {
                const std::string wide = read_bytes(size == 126 ? 2 : 8);
                size = 0;
                for (const char c : wide) size = size << 8 | static_cast<std::uint8_t>(c);
            }
            const std::string body = read_bytes(size);
            const int opcode = head[0] & 0x0f;
            if (opcode == 8) return {};
            if (opcode > 8) continue;
            out += body;
            if ((static_cast<std::uint8_t>(head[0]) & 0x80U) != 0) return out;
        }
    }

  private:
    bool fill() {
        char part[65'536];
        const auto got = ::recv(fd_, part, sizeof part, 0);
        timed_out_ = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        if (got <= 0) return false;
        input_.append(part, static_cast<std::size_t>(got));
        return true;
    }
    std::string take(std::size_t count) {
        std::string out = input_.substr(0, count);
        input_.erase(0, count);
        return out;
    }

    int fd_;
    std::string input_;
    bool timed_out_ = false;
};

}  // namespace assay::test
