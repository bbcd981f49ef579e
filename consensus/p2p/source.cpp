// Prefixes of addresses.
#include "consensus/p2p/source.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

#include "chain/base/bytes.hpp"

namespace assay::consensus {

namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

// The bytes of an address, 4 or 16 of them; none of what is no address.
Bytes raw_of(const std::string& host) {
    std::array<std::uint8_t, 16> raw{};
    const ByteView all(raw);
    if (::inet_pton(AF_INET, host.c_str(), raw.data()) == 1) return to_bytes(all.first(4));
    if (::inet_pton(AF_INET6, host.substr(0, host.find('%')).c_str(), raw.data()) != 1) return {};
    if (std::equal(kMapped.begin(), kMapped.end(), raw.begin()))
        return to_bytes(all.subspan(kMapped.size()));
    return to_bytes(all);
}

std::string prefix(const std::string& host, std::size_t bytes_of_4, std::size_t bytes_of_6) {
    const Bytes raw = raw_of(host);
    if (raw.empty()) return host;
    const bool is_4 = raw.size() == 4;
    const ByteView kept = ByteView(raw).first(is_4 ? bytes_of_4 : bytes_of_6);
    return (is_4 ? "ipv4 " : "ipv6 ") + to_hex(kept) + "/" + std::to_string(kept.size() * 8);
}

// From where an address can be reached.
enum class Scope : std::uint8_t { nowhere, host, site, world };

// RFC 6890.
Scope scope_of_4(const Bytes& raw) {
    const std::uint8_t a = raw[0];
    const std::uint8_t b = raw[1];
    if (a == 0 || a >= 224) return Scope::nowhere;
    if (a == 127) return Scope::host;
    const bool is_private = a == 10 || (a == 172 && b / 16 == 1) || (a == 192 && b == 168);
    const bool is_shared = a == 100 && b / 64 == 1;
    const bool is_local = a == 169 && b == 254;
    return is_private || is_shared || is_local ? Scope::site : Scope::world;
}

Scope scope_of(const std::string& host) {
    const Bytes raw = raw_of(host);
    if (raw.empty()) return Scope::nowhere;
    if (raw.size() == 4) return scope_of_4(raw);
    const bool is_small =
        std::all_of(raw.begin(), raw.end() - 1, [](auto one) { return one == 0; });
    if (is_small) return raw[15] == 1 ? Scope::host : Scope::nowhere;
    if (raw[0] == 0xff) return Scope::nowhere;
    const bool is_unique_local = (raw[0] & 0xfeU) == 0xfc;
    const bool is_link_local = raw[0] == 0xfe && (raw[1] & 0xc0U) == 0x80;
    return is_unique_local || is_link_local ? Scope::site : Scope::world;
}

}  // namespace

std::string caller_of(const std::string& host) {
    return prefix(host, 4, 8);
}
std::string network_of(const std::string& host) {
    return prefix(host, 2, 4);
}

bool is_believable(const std::string& host, const std::string& teller) {
    const Scope scope = scope_of(host);
    return scope != Scope::nowhere && scope >= scope_of(teller);
}

}  // namespace assay::consensus
