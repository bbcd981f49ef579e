// Owns PeerNetwork: the links to all peers, who is called, who may call, and who is kept out.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "chain/base/result.hpp"
#include "chain/types/ids.hpp"
#include "consensus/p2p/node_key.hpp"

namespace assay::consensus {

struct PeerConfig {
    std::string address = "0.0.0.0";
    std::uint16_t port = 0;                     // 0: any free one
    std::string external_address;               // host:port that others are told; empty: none
    std::vector<std::string> persistent_peers;  // id@host:port
    std::vector<std::string> seeds;
    std::uint32_t max_inbound = 64;
    std::uint32_t max_outbound = 16;  // beside the persistent ones
    std::uint32_t max_half_open = 64;
    std::string chain_id;
    Hash256 genesis;
    std::string address_book;  // file; empty: not kept
    std::uint64_t tick_ms = 250;
    std::uint64_t redial_ms = 200;  // doubles up to a minute
    std::uint64_t handshake_ms = 5'000;
    std::uint64_t ban_ms = 600'000;
};

struct PeerStats {
    std::size_t connected = 0;
    std::size_t half_open = 0;
    std::uint64_t refused = 0;  // callers for whom there was no room
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::uint64_t dropped = 0;  // messages for which a queue had no room
};

// One thread of its own. PeerPort's calls and release() are thread-safe and never wait.
class PeerNetwork final : public PeerPort {
  public:
    // Called on the network's thread. Whoever takes a message releases its bytes when it is worked
    // off; a peer whose messages pile up is not read from.
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

  private:
    struct Impl;
    explicit PeerNetwork(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace assay::consensus
