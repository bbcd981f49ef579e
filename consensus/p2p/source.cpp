// Prefixes of addresses.
#include "consensus/p2p/source.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

#include "chain/base/bytes.hpp"

namespace assay::consensus {

namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::string prefix(const std::string& host, std::size_t bytes_of_4, std::size_t bytes_of_6) {
    std::array<std::uint8_t, 16> raw{};
    const ByteView all(raw);
    const auto text = [](ByteView kept) {
        return to_hex(kept) + "/" + std::to_string(kept.size() * 8);
    };
    if (::inet_pton(AF_INET, host.c_str(), raw.data()) == 1)
        return "ipv4 " + text(all.first(bytes_of_4));
    if (::inet_pton(AF_INET6, host.substr(0, host.find('%')).c_str(), raw.data()) != 1) return host;
    if (std::equal(kMapped.begin(), kMapped.end(), raw.begin()))
        return "ipv4 " + text(all.subspan(kMapped.size(), bytes_of_4));
    return "ipv6 " + text(all.first(bytes_of_6));
}

}  // namespace

std::string caller_of(const std::string& host) {
    return prefix(host, 4, 8);
}
std::string network_of(const std::string& host) {
    return prefix(host, 2, 4);
}

}  // namespace assay::consensus
