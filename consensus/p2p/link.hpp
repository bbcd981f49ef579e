// Owns Link: one TLS connection to a peer, with its queues, quotas and signs of life.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <memory>

#include "consensus/p2p/frame.hpp"
#include "consensus/p2p/hello.hpp"
#include "consensus/p2p/standing.hpp"

namespace assay::consensus {

struct LinkLimits {
    std::uint64_t handshake_ms = 5'000;
    std::uint64_t ping_ms = 10'000;             // of silence
    std::uint64_t silence_ms = 30'000;          // ends the link
    std::uint64_t stall_ms = 20'000;            // of a write that the peer does not take
    double bytes_per_s = 64.0 * 1'024 * 1'024;  // read; beyond it the peer waits
    double messages_per_s = 50'000;
    std::size_t max_unreleased = 32U << 20U;  // bytes handed on and not released
};

// Everything happens on the thread of the context, but reserve().
class Link final : public std::enable_shared_from_this<Link> {
  public:
    struct Events {
        std::function<void(const std::shared_ptr<Link>&)> greeted;  // both know each other
        std::function<void(Link&, Channel, Bytes)> message;
        std::function<void(const std::shared_ptr<Link>&, const std::string&)> closed;  // once
        std::function<std::uint64_t()> now_ms;
    };
    // `expected`: who was dialled; none for one that called.
    Link(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& tls, LinkLimits limits,
         Hello ours, std::optional<PeerId> expected, const Events& events);

    void start();
    // Takes room in the queue of a channel. Thread-safe.
    bool reserve(Channel channel, std::size_t bytes);
    // What room was taken for.
    void queue(std::uint8_t channel, Bytes payload);
    // What the message event was given is worked off.
    void release(std::size_t bytes);
    // Once a second or so.
    void tick();
    void close(const std::string& why);

    bool is_greeted() const { return greeted_; }
    bool is_closed() const { return closed_; }
    std::uint64_t age_ms() const { return events_.now_ms() - began_ms_; }
    bool is_dialled() const { return expected_.has_value(); }
    const PeerId& id() const { return id_; }                // once TLS is up
    const PeerId& wanted_id() const { return *expected_; }  // of one that was dialled
    const Hello& theirs() const { return theirs_; }
    const std::string& host() const { return host_; }

  private:
    void shake_hands();
    void meet();
    void read();
    void took(std::size_t bytes);
    bool take_frames();
    bool take_own(ByteView payload);
    void write();
    bool gather();

    boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream_;
    LinkLimits limits_;
    Hello ours_;
    std::optional<PeerId> expected_;
    const Events& events_;
    std::string host_;
    boost::asio::steady_timer pause_;

    PeerId id_;
    Hello theirs_;
    bool shaken_ = false;
    bool greeted_ = false;
    bool closed_ = false;

    FrameReader reader_;
    std::array<std::uint8_t, 65'536> piece_{};
    TokenBucket bytes_;
    TokenBucket messages_;
    std::size_t unreleased_ = 0;
    bool reading_ = false;
    bool waiting_ = false;  // for its quota
    std::uint64_t began_ms_ = 0;
    std::uint64_t heard_ms_ = 0;
    bool pinged_ = false;

    std::array<std::deque<Bytes>, kChannels> queues_;
    std::array<std::atomic<std::size_t>, kChannels> queued_{};
    Bytes outgoing_;
    std::array<std::size_t, kChannels> in_outgoing_{};
    bool writing_ = false;
    std::uint64_t write_began_ms_ = 0;
};

}  // namespace assay::consensus
