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
#include "consensus/p2p/outbox.hpp"
#include "consensus/p2p/standing.hpp"

namespace assay::consensus {

// Everything happens on the thread of the context, but reserve().
class Link final : public std::enable_shared_from_this<Link> {
  public:
    struct Events {
        std::function<void(const std::shared_ptr<Link>&)> greeted;  // both know each other
        // Whether the payload of a message may be read; if not, wake() says when to ask again.
        std::function<bool(Link&, std::size_t)> admit;
        // An admitted one was not read to its end.
        std::function<void(const Link&, std::size_t)> abandoned;
        std::function<void(Link&, Channel, Bytes)> message;
        std::function<void(const PeerId&, Offence)> offence;  // of a peer whose id is proven
        std::function<void(const std::shared_ptr<Link>&, const std::string&)> closed;  // once
        std::function<std::uint64_t()> now_ms;
    };
    // `expected`: who was dialled; none for one that called.
    Link(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& tls, LinkLimits limits,
         Hello ours, std::optional<PeerId> expected, Outbox& outbox, const Events& events);
    ~Link();

    void start() { shake_hands(); }
    // Takes room in the queue of a channel. Thread-safe.
    bool reserve(Channel channel, std::size_t bytes);
    // What room was taken for.
    void queue(std::uint8_t channel, Bytes payload);
    // Asks again for what was not admitted.
    void wake();
    // Once a second or so.
    void tick();
    void close(const std::string& why);
    void be_named() { named_ = true; }  // a persistent peer's

    bool is_greeted() const { return greeted_; }
    bool is_named() const { return named_; }
    std::uint64_t age_ms() const { return events_.now_ms() - began_ms_; }
    bool is_dialled() const { return expected_.has_value(); }
    const PeerId& id() const { return id_; }                // once TLS is up
    const PeerId& wanted_id() const { return *expected_; }  // of one that was dialled
    const Hello& theirs() const { return theirs_; }
    const std::string& host() const { return host_; }

    // Counted by the network.
    std::atomic<std::uint64_t> bytes_in{0};
    std::atomic<std::uint64_t> bytes_out{0};

  private:
    struct Quota {
        TokenBucket bytes;
        TokenBucket messages;
    };
    static std::vector<Quota> quotas();

    void shake_hands();
    void meet();
    void read();
    void work_off();
    bool step();
    bool begin_frame();
    void take_frame();
    void take_own(ByteView payload);
    void charge(std::uint8_t channel, std::size_t bytes);
    void offend(Offence offence, const std::string& why);
    void write();
    bool gather();
    void wrote();

    boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream_;
    LinkLimits limits_;
    Hello ours_;
    std::optional<PeerId> expected_;
    Outbox& outbox_;
    const Events& events_;
    std::string host_;
    boost::asio::steady_timer pause_;

    PeerId id_;
    Hello theirs_;
    bool shaken_ = false;
    bool greeted_ = false;
    bool closed_ = false;
    std::atomic<bool> named_{false};

    FrameReader reader_;
    std::array<std::uint8_t, 65'536> piece_{};
    std::size_t at_ = 0;  // what of the piece is read and not yet worked off
    std::size_t end_ = 0;
    bool admitted_ = false;  // the frame that is being read
    std::vector<Quota> quotas_;
    TokenBucket patience_;  // milliseconds of waiting for too many messages
    bool reading_ = false;
    bool paused_ = false;   // for its quota
    bool blocked_ = false;  // for room
    std::uint64_t began_ms_ = 0;
    std::uint64_t heard_ms_ = 0;
    std::uint64_t frame_began_ms_ = 0;
    std::uint64_t ticked_ms_ = 0;
    bool pinged_ = false;

    std::array<std::deque<Bytes>, kChannels> queues_;
    std::array<std::atomic<std::size_t>, kChannels> queued_{};
    Bytes outgoing_;        // small frames, and the head of the large payload
    Bytes large_outgoing_;  // a payload too large to be copied
    std::array<std::size_t, kChannels> in_outgoing_{};
    bool writing_ = false;
    std::uint64_t progress_ms_ = 0;
};

}  // namespace assay::consensus
