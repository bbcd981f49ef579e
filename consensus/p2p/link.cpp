// A connection's life: handshake, greeting, signs of life, end.
#include "consensus/p2p/link.hpp"

#include "consensus/p2p/link_words.hpp"
#include "consensus/p2p/node_key.hpp"

namespace assay::consensus {

namespace asio = boost::asio;
using boost::system::error_code;

std::vector<Link::Quota> Link::quotas() {
    std::vector<Quota> out;
    for (std::uint8_t channel = 0; channel < kChannels; ++channel) {
        const ChannelLimits& limits = *limits_of(channel);
        out.push_back({.bytes = TokenBucket(limits.bytes_per_s, limits.bytes_per_s),
                       .messages = TokenBucket(limits.messages_per_s, limits.messages_per_s)});
    }
    return out;
}

Link::Link(asio::ip::tcp::socket socket, asio::ssl::context& tls, LinkLimits limits, Hello ours,
           std::optional<PeerId> expected, Outbox& outbox, const Events& events)
    : stream_(std::move(socket), tls),
      limits_(limits),
      ours_(std::move(ours)),
      expected_(expected),
      outbox_(outbox),
      events_(events),
      pause_(stream_.get_executor()),
      quotas_(quotas()),
      patience_(500, static_cast<double>(limits.flood_ms)) {
    error_code ignored;
    host_ = stream_.next_layer().remote_endpoint(ignored).address().to_string();
    stream_.next_layer().set_option(asio::ip::tcp::no_delay(true), ignored);
    began_ms_ = heard_ms_ = ticked_ms_ = events_.now_ms();
}

// What was reserved after the end, too.
Link::~Link() {
    for (const auto& bytes : queued_) outbox_.release(bytes.load());
}

void Link::shake_hands() {
    const auto side = expected_ ? asio::ssl::stream_base::client : asio::ssl::stream_base::server;
    stream_.async_handshake(side, [self = shared_from_this()](const error_code& error) {
        if (self->closed_) return;
        if (error) return self->close("TLS: " + error.message());
        self->meet();
    });
}

void Link::meet() {
    const std::unique_ptr<X509, decltype(&::X509_free)> certificate(
        ::SSL_get1_peer_certificate(stream_.native_handle()), ::X509_free);
    if (!certificate) return close("TLS: the peer shows no certificate");
    const auto id = id_of_certificate(*certificate);
    if (!id) return close("TLS: " + id.error().message);
    id_ = *id;
    if (expected_ && id_ != *expected_)
        return close("the peer is " + to_hex(id_) + ", not " + to_hex(*expected_));
    shaken_ = true;
    queue(kLinkChannel, own_message(Own::hello, encode_hello(ours_)));
    read();
}

void Link::take_own(ByteView payload) {
    const std::uint8_t kind = payload.empty() ? 0xff : payload[0];
    const bool bare = greeted_ && payload.size() == 1;
    if (bare && kind == static_cast<std::uint8_t>(Own::ping))
        return queue(kLinkChannel, own_message(Own::pong));
    if (bare && kind == static_cast<std::uint8_t>(Own::pong)) return;
    if (kind != static_cast<std::uint8_t>(Own::hello) || greeted_)
        return offend(Offence::malformed, "the link's own message makes no sense");
    auto hello = decode_hello(payload.subspan(1));
    if (!hello) return offend(Offence::malformed, hello.error().message);
    if (const auto good = check_hello(ours_, *hello); !good) return close(good.error().message);
    theirs_ = std::move(*hello);
    greeted_ = true;
    events_.greeted(shared_from_this());
}

void Link::tick() {
    const std::uint64_t now = events_.now_ms();
    const std::uint64_t passed = now - std::exchange(ticked_ms_, now);
    if (!greeted_ && now - began_ms_ > limits_.handshake_ms)
        return close("no greeting in " + std::to_string(limits_.handshake_ms) + " ms");
    if (writing_ && now - progress_ms_ > limits_.stall_ms)
        return close("takes nothing for " + std::to_string(limits_.stall_ms) + " ms");
    // Who is not read from cannot be heard.
    if (paused_ || blocked_) {
        heard_ms_ = now;
        frame_began_ms_ += passed;
        return;
    }
    if (reader_.head() && now > frame_began_ms_ + limits_.frame_ms +
                                    reader_.head()->length / limits_.frame_bytes_per_ms)
        return close("its message does not end");
    if (now - heard_ms_ > limits_.silence_ms) return close("is silent");
    if (greeted_ && !pinged_ && now - heard_ms_ > limits_.ping_ms) {
        pinged_ = true;
        queue(kLinkChannel, own_message(Own::ping));
    }
}

void Link::offend(Offence offence, const std::string& why) {
    const auto self = shared_from_this();
    close(why);
    events_.offence(id_, offence);
}

// Without TLS's goodbye: whoever waits for a stuck peer to answer it would keep the socket.
void Link::close(const std::string& why) {
    if (std::exchange(closed_, true)) return;
    error_code ignored;
    pause_.cancel();
    stream_.next_layer().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    stream_.next_layer().close(ignored);
    if (std::exchange(admitted_, false) && reader_.head()->channel != kLinkChannel)
        events_.abandoned(*this, reader_.head()->length);
    for (auto& queue : queues_) queue.clear();
    events_.closed(shared_from_this(), why);
}

}  // namespace assay::consensus
