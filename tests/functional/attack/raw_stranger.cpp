// Strangers over a socket of their own, with TLS by hand.
#include "tests/functional/attack/raw_stranger.hpp"

#include <arpa/inet.h>
#include <memory>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "consensus/p2p/frame.hpp"
#include "consensus/p2p/hello.hpp"
#include "consensus/p2p/link_words.hpp"
#include "consensus/p2p/node_key.hpp"
#include "consensus/sync/block_messages.hpp"

namespace assay::attack {

using namespace assay::consensus;

namespace {

constexpr int kSmallWindow = 4'096;  // bytes that a slow reader's socket takes

class RawLink {
  public:
    RawLink(const PeerAddress& target, bool small_window)
        : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const timeval patience{.tv_sec = 2, .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        if (small_window)
            ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &kSmallWindow, sizeof kSmallWindow);
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(target.port);
        ::inet_pton(AF_INET, target.host.c_str(), &place.sin_addr);
        connected_ =
            ::connect(socket_, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0;
    }
    ~RawLink() {
        tls_.reset();
        ::close(socket_);
    }
    RawLink(const RawLink&) = delete;
    RawLink& operator=(const RawLink&) = delete;

    // With a key of its own.
    bool shake() {
        const auto key = NodeKey::make();
        if (!connected_ || !key) return false;
        const auto settings = key->tls_context();
        if (!settings) return false;
        tls_.reset(::SSL_new(settings->get()));
        ::SSL_set_fd(tls_.get(), socket_);
        return ::SSL_connect(tls_.get()) == 1;
    }
    bool say(const Bytes& data) {
        return ::SSL_write(tls_.get(), data.data(), static_cast<int>(data.size())) > 0;
    }
    bool say(std::uint8_t channel, const Bytes& payload) {
        Bytes out = frame_head(channel, payload.size());
        append(out, payload);
        return say(out);
    }
    // Whether the other side hangs up before anything is silent for two seconds.
    bool is_put_out(Clock::time_point end) {
        std::array<char, 4'096> piece{};
        while (Clock::now() < end) {
            const int got = ::SSL_read(tls_.get(), piece.data(), piece.size());
            if (got <= 0) return ::SSL_get_error(tls_.get(), got) != SSL_ERROR_WANT_READ;
        }
        return false;
    }

  private:
    struct Free {
        void operator()(SSL* tls) const { ::SSL_free(tls); }
    };
    int socket_;
    bool connected_ = false;
    std::unique_ptr<SSL, Free> tls_;
};

// A head that promises one byte more than the channel may carry, and as many bytes as it takes.
bool say_too_much(RawLink& link, Random& random, Tally& tally) {
    const auto channel = static_cast<std::uint8_t>(random() % kChannels);
    const std::size_t most = limits_of(channel)->max_message;
    if (!link.say(frame_head(channel, most + 1))) return false;
    ++tally.messages;
    const Bytes piece(16'384, 0xAB);
    for (std::size_t sent = 0; sent < std::min<std::size_t>(most, 1U << 20U);
         sent += piece.size()) {
        if (!link.say(piece)) return true;
        tally.bytes += piece.size();
    }
    return true;
}

// Asks until the other side takes no more, then holds on.
void read_nothing(RawLink& link, const Order& order, Tally& tally) {
    const auto channel = static_cast<std::uint8_t>(Channel::blocks);
    const Bytes ask = encode_block_message(BlockRequest{.height = 1, .count = kMaxBlocksAsked});
    while (Clock::now() < order.end && link.say(channel, ask)) {
        ++tally.messages;
        tally.bytes += ask.size();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    if (Clock::now() < order.end) ++tally.ended;
}

}  // namespace

bool is_raw(const std::string& kind) {
    return kind == "handshakes" || kind == "oversize" || kind == "slow";
}

void attack_raw_once(const Order& order, Random& random, Tally& tally) {
    const auto target = parse_peer_address(order.target);
    if (!target) return;
    RawLink link(*target, order.kind == "slow");
    if (!link.shake()) {
        // Nobody answers who calls too often.
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return;
    }
    ++tally.links;
    if (order.kind == "handshakes") return;
    const Hello hello{
        .chain_id = order.chain, .genesis = order.genesis, .listens = "", .session = random()};
    if (!link.say(kLinkChannel, own_message(Own::hello, encode_hello(hello)))) return;
    if (order.kind == "slow") return read_nothing(link, order, tally);
    if (say_too_much(link, random, tally) && link.is_put_out(order.end)) ++tally.ended;
}

}  // namespace assay::attack
