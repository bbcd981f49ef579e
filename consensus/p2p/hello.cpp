// Greetings and addresses.
#include "consensus/p2p/hello.hpp"

#include <charconv>

#include "chain/codec/protobuf.hpp"

namespace assay::consensus {

namespace {

constexpr std::size_t kMaxChainIdBytes = 50;
constexpr std::size_t kMaxAddressBytes = 262;  // a name of 253 characters, brackets, a port

}  // namespace

Bytes encode_hello(const Hello& hello) {
    protobuf::Writer out;
    out.varint(1, hello.protocol);
    out.text(2, hello.chain_id);
    out.bytes(3, hello.genesis);
    out.text(4, hello.listens);
    out.varint(5, hello.session);
    return out.take();
}

Result<Hello> decode_hello(ByteView data) {
    protobuf::Reader in(data);
    Hello out;
    out.protocol = in.varint(1);
    if (in.ok() && out.protocol != kPeerProtocol) return out;
    out.chain_id = in.text(2);
    out.genesis = in.fixed<32>(3);
    out.listens = in.text(4);
    out.session = in.varint(5);
    if (out.chain_id.size() > kMaxChainIdBytes) in.fail(2, "is too long");
    if (out.listens.size() > kMaxAddressBytes) in.fail(4, "is too long");
    if (const auto done = in.finish(); !done) return failure("hello: " + done.error().message);
    return out;
}

Result<void> check_hello(const Hello& ours, const Hello& theirs) {
    if (theirs.protocol != ours.protocol)
        return failure("protocol: they speak " + std::to_string(theirs.protocol) + ", we " +
                       std::to_string(ours.protocol));
    if (theirs.chain_id != ours.chain_id)
        return failure("chain id: theirs is another than " + ours.chain_id);
    if (theirs.genesis != ours.genesis)
        return failure("genesis: theirs is " + to_hex(theirs.genesis) + ", ours " +
                       to_hex(ours.genesis));
    return {};
}

std::string PeerAddress::text() const {
    const bool brackets = host.find(':') != std::string::npos;
    return to_hex(id) + "@" + (brackets ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<std::pair<std::string, std::uint16_t>> parse_host_port(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || text.size() > kMaxAddressBytes)
        return failure("\"" + text.substr(0, 80) + "\" is no host:port");
    std::string host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    else if (host.find(':') != std::string::npos)
        return failure("\"" + text + "\": an IPv6 address stands in brackets");
    std::uint16_t port = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data() + colon + 1, end, port);
    if (host.empty() || at != end || error != std::errc{} || port == 0)
        return failure("\"" + text + "\" is no host:port");
    return std::pair(host, port);
}

Result<PeerAddress> parse_peer_address(const std::string& text) {
    const std::size_t at = text.find('@');
    if (at == std::string::npos) return failure("\"" + text + "\" is no id@host:port");
    const auto id = fixed_from_hex<20>(text.substr(0, at));
    if (!id) return failure("\"" + text + "\": the id has not 40 hex digits");
    auto place = parse_host_port(text.substr(at + 1));
    if (!place) return place.error();
    return PeerAddress{.id = *id, .host = std::move(place->first), .port = place->second};
}

}  // namespace assay::consensus
