// A connection's life: handshake, greeting, frames in and out.
#include "consensus/p2p/link.hpp"

#include <boost/asio/write.hpp>

#include "consensus/p2p/node_key.hpp"

namespace assay::consensus {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

enum class Own : std::uint8_t { hello = 0, ping = 1, pong = 2 };

constexpr std::size_t kWriteBytes = 131'072;  // gathered into one write
// Votes before all else; what is large and patient last.
constexpr std::uint8_t kOrder[kChannels] = {1, 0, 2, 5, 4, 3};

Bytes own_message(Own kind, const Bytes& body = {}) {
    Bytes out{static_cast<std::uint8_t>(kind)};
    append(out, body);
    return out;
}

}  // namespace

Link::Link(asio::ip::tcp::socket socket, asio::ssl::context& tls, LinkLimits limits, Hello ours,
           std::optional<PeerId> expected, const Events& events)
    : stream_(std::move(socket), tls),
      limits_(limits),
      ours_(std::move(ours)),
      expected_(expected),
      events_(events),
      pause_(stream_.get_executor()),
      bytes_(limits.bytes_per_s, limits.bytes_per_s),
      messages_(limits.messages_per_s, limits.messages_per_s) {
    error_code ignored;
    host_ = stream_.next_layer().remote_endpoint(ignored).address().to_string();
    stream_.next_layer().set_option(asio::ip::tcp::no_delay(true), ignored);
    began_ms_ = heard_ms_ = events_.now_ms();
}

void Link::start() {
    shake_hands();
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
    id_ = id_of_certificate(*certificate);
    if (expected_ && id_ != *expected_)
        return close("the peer is " + to_hex(id_) + ", not " + to_hex(*expected_));
    shaken_ = true;
    queue(kLinkChannel, own_message(Own::hello, encode_hello(ours_)));
    read();
}

// Reading -----------------------------------------------------------------------------------------

void Link::read() {
    if (closed_ || reading_ || waiting_ || unreleased_ > limits_.max_unreleased) return;
    reading_ = true;
    stream_.async_read_some(asio::buffer(piece_),
                            [self = shared_from_this()](const error_code& error, std::size_t n) {
                                self->reading_ = false;
                                if (self->closed_) return;
                                if (error) return self->close("reading: " + error.message());
                                self->took(n);
                            });
}

void Link::took(std::size_t bytes) {
    heard_ms_ = events_.now_ms();
    pinged_ = false;
    reader_.append(ByteView(piece_.data(), bytes));
    const std::uint64_t wait = bytes_.take(static_cast<double>(bytes), heard_ms_);
    if (!take_frames()) return;
    if (wait == 0) return read();
    waiting_ = true;
    pause_.expires_after(std::chrono::milliseconds(wait));
    pause_.async_wait([self = shared_from_this()](const error_code& error) {
        if (error) return;
        self->waiting_ = false;
        self->read();
    });
}

// False where the link is closed.
bool Link::take_frames() {
    while (true) {
        auto next = reader_.next();
        if (!next) {
            close(next.error().message);
            return false;
        }
        if (!*next) return true;
        Frame& frame = **next;
        if (frame.channel == kLinkChannel) {
            if (!take_own(frame.payload)) return false;
            continue;
        }
        if (!greeted_) {
            close("a message came before the greeting");
            return false;
        }
        if (messages_.take(1, heard_ms_) > limits_.silence_ms) {
            close("messages flood in");
            return false;
        }
        unreleased_ += frame.payload.size();
        events_.message(*this, static_cast<Channel>(frame.channel), std::move(frame.payload));
        if (closed_) return false;
    }
}

bool Link::take_own(ByteView payload) {
    const std::uint8_t kind = payload.empty() ? 0xff : payload[0];
    if (kind == static_cast<std::uint8_t>(Own::ping) && greeted_ && payload.size() == 1) {
        queue(kLinkChannel, own_message(Own::pong));
        return !closed_;
    }
    if (kind == static_cast<std::uint8_t>(Own::pong) && greeted_ && payload.size() == 1)
        return true;
    if (kind != static_cast<std::uint8_t>(Own::hello) || greeted_) {
        close("the link's own message makes no sense");
        return false;
    }
    auto hello = decode_hello(payload.subspan(1));
    const auto good = hello ? check_hello(ours_, *hello) : Result<void>(hello.error());
    if (!good) {
        close(good.error().message);
        return false;
    }
    theirs_ = std::move(*hello);
    greeted_ = true;
    events_.greeted(shared_from_this());
    return !closed_;
}

void Link::release(std::size_t bytes) {
    unreleased_ -= std::min(unreleased_, bytes);
    read();
}

// Writing -----------------------------------------------------------------------------------------

bool Link::reserve(Channel channel, std::size_t bytes) {
    const auto index = static_cast<std::size_t>(channel);
    const ChannelLimits* limits = limits_of(static_cast<std::uint8_t>(channel));
    if (limits == nullptr || bytes > limits->max_message) return false;
    const std::size_t before = queued_[index].fetch_add(bytes + kFrameHeadBytes);
    if (before + bytes <= limits->max_queued) return true;
    queued_[index].fetch_sub(bytes + kFrameHeadBytes);
    return false;
}

void Link::queue(std::uint8_t channel, Bytes payload) {
    if (closed_) return;
    if (channel == kLinkChannel) {
        const std::size_t bytes = payload.size() + kFrameHeadBytes;
        if (queued_[channel].fetch_add(bytes) + bytes > limits_of(channel)->max_queued)
            return close("it asks for more answers than it reads");
    }
    queues_[channel].push_back(std::move(payload));
    if (!writing_ && shaken_) write();
}

bool Link::gather() {
    outgoing_.clear();
    in_outgoing_ = {};
    for (const std::uint8_t channel : kOrder) {
        auto& queue = queues_[channel];
        while (!queue.empty() && outgoing_.size() < kWriteBytes) {
            append(outgoing_, frame_head(channel, queue.front().size()));
            append(outgoing_, queue.front());
            in_outgoing_[channel] += queue.front().size() + kFrameHeadBytes;
            queue.pop_front();
        }
    }
    return !outgoing_.empty();
}

void Link::write() {
    if (closed_ || !gather()) return;
    writing_ = true;
    write_began_ms_ = events_.now_ms();
    asio::async_write(stream_, asio::buffer(outgoing_),
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                          self->writing_ = false;
                          for (std::size_t i = 0; i < kChannels; ++i)
                              self->queued_[i].fetch_sub(self->in_outgoing_[i]);
                          if (self->closed_) return;
                          if (error) return self->close("writing: " + error.message());
                          self->write();
                      });
}

// Its end -----------------------------------------------------------------------------------------

void Link::tick() {
    const std::uint64_t now = events_.now_ms();
    if (!greeted_ && now - began_ms_ > limits_.handshake_ms)
        return close("no greeting in " + std::to_string(limits_.handshake_ms) + " ms");
    if (writing_ && now - write_began_ms_ > limits_.stall_ms)
        return close("takes nothing for " + std::to_string(limits_.stall_ms) + " ms");
    // Who is not read from cannot be heard.
    if (!reading_) heard_ms_ = now;
    if (now - heard_ms_ > limits_.silence_ms) return close("is silent");
    if (greeted_ && !pinged_ && now - heard_ms_ > limits_.ping_ms) {
        pinged_ = true;
        queue(kLinkChannel, own_message(Own::ping));
    }
}

// Without TLS's goodbye: whoever waits for a stuck peer to answer it would keep the socket.
void Link::close(const std::string& why) {
    if (std::exchange(closed_, true)) return;
    error_code ignored;
    pause_.cancel();
    stream_.next_layer().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    stream_.next_layer().close(ignored);
    events_.closed(shared_from_this(), why);
}

}  // namespace assay::consensus
