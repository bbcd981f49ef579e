// Owns Hello: what two nodes tell each other first, and whether they belong together.
#pragma once

#include "chain/types/ids.hpp"
#include "consensus/engine/ports.hpp"

namespace assay::consensus {

inline constexpr std::uint64_t kPeerProtocol = 1;

struct Hello {
    std::uint64_t protocol = kPeerProtocol;
    std::string chain_id;
    Hash256 genesis;
    std::string listens;        // host:port where others reach it; empty: nowhere
    std::uint64_t session = 0;  // another one after each start of the node
    friend bool operator==(const Hello&, const Hello&) = default;
};

Bytes encode_hello(const Hello& hello);
// Of another protocol nothing but its number is read: what follows may have any form.
Result<Hello> decode_hello(ByteView data);
// Succeeds where the two may talk; names the field in which they differ.
Result<void> check_hello(const Hello& ours, const Hello& theirs);

// "id@host:port".
struct PeerAddress {
    PeerId id;
    std::string host;
    std::uint16_t port = 0;
    std::string text() const;
    friend bool operator==(const PeerAddress&, const PeerAddress&) = default;
};
Result<PeerAddress> parse_peer_address(const std::string& text);
// "host:port", an address literal or a name.
Result<std::pair<std::string, std::uint16_t>> parse_host_port(const std::string& text);

}  // namespace assay::consensus
