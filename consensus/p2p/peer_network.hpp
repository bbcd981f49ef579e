// Owns PeerNetwork: the links to all peers, who is called, who may call, and who is kept out.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "chain/base/result.hpp"
#include "chain/types/ids.hpp"
#include "consensus/p2p/intake.hpp"
#include "consensus/p2p/limits.hpp"
#include "consensus/p2p/node_key.hpp"
#include "consensus/p2p/outbox.hpp"

namespace assay::consensus {

struct PeerConfig {
    std::string address = "0.0.0.0";
    std::uint16_t port = 0;                     // 0: any free one
    std::string external_address;               // host:port that others are told; empty: none
    std::vector<std::string> persistent_peers;  // id@host:port
    std::vector<std::string> seeds;
    std::uint32_t max_inbound = 64;            // beside the persistent ones, as below
    std::uint32_t max_inbound_of_source = 16;  // of one IPv4 address or one /64 of IPv6
    std::uint32_t max_outbound = 16;
    std::uint32_t max_half_open = 64;
    std::uint32_t max_half_open_of_source = 32;
    double calls_per_s = 20;  // of one source; five seconds' worth may come at once
    std::string chain_id;
    Hash256 genesis;
    std::string address_book;  // file; empty: not kept
    std::uint64_t tick_ms = 250;
    std::uint64_t redial_ms = 200;      // doubles up to a minute, for persistent peers up to 10 s
    std::uint64_t settled_ms = 10'000;  // a link that ends sooner was a failure
    std::uint64_t handshake_ms = 5'000;
    std::uint64_t ban_ms = 600'000;
    std::uint64_t named_ban_ms = 10'000;  // of persistent peers
    LinkLimits link;
    IntakeLimits intake;
    OutboxLimits outbox;
};

struct PeerStats {
    std::size_t connected = 0;
    std::size_t half_open = 0;
    std::size_t addresses = 0;  // in the book
    std::size_t held = 0;       // bytes handed on or being read, not released
    std::size_t waiting = 0;    // links that are not read from until something is released
    std::size_t queued = 0;     // bytes that wait to be sent
    std::uint64_t refused = 0;  // callers for whom there was no room
    std::uint64_t banned = 0;   // times
    std::uint64_t dropped = 0;  // messages for which a queue had no room
    struct Flow {
        std::uint64_t messages = 0;
        std::uint64_t bytes = 0;
    };
    std::array<Flow, kChannels> in{};  // by channel; 0 is the links' own
    std::array<Flow, kChannels> out{};
};

struct PeerInfo {
    PeerId id;
    std::string host;      // its address
    bool dialled = false;  // by this node
    std::uint64_t connected_ms = 0;
    std::uint64_t bytes_in = 0;  // of messages, without frames
    std::uint64_t bytes_out = 0;
};

// One thread of its own. PeerPort's calls and release() are thread-safe and never wait.
class PeerNetwork final : public PeerPort {
  public:
    // Called on the network's thread. Whoever takes a message calls release() with its size once it
    // is worked off; a peer whose messages pile up is not read from. A peer whose link was replaced
    // goes down and comes up again: what was said on the old one may be lost.
    struct Handlers {
        std::function<void(const PeerId&)> up;
        std::function<void(const PeerId&)> down;
        std::function<void(const PeerId&, Channel, Bytes)> message;
        std::function<void(const std::string&)> log;
    };

    // Refuses addresses that are none.
    static Result<std::unique_ptr<PeerNetwork>> create(PeerConfig config, const NodeKey& key);
    ~PeerNetwork() override;

    // Fails where the port is taken.
    Result<void> start(Handlers handlers);
    void stop();
    std::uint16_t port() const;
    PeerId id() const;

    bool send(const PeerId& peer, Channel channel, const Bytes& message) override;
    void report(const PeerId& peer, Offence offence) override;
    std::vector<PeerId> peers() const override;
    void release(const PeerId& peer, std::size_t bytes);
    PeerStats stats() const;
    std::vector<PeerInfo> infos() const;

  private:
    struct Impl;
    explicit PeerNetwork(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace assay::consensus
