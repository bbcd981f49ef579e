// BIP-32 derivation.
#include "cli/keys/hd_key.hpp"

#include <charconv>

#include "chain/crypto/kdf.hpp"

namespace assay::cli {

namespace {

constexpr std::uint32_t kHardened = 0x80000000;
constexpr std::size_t kDeepest = 255;  // BIP-32 stores the depth in one byte

Result<HdKey> split(const FixedBytes<64>& digest, const crypto::SecretKey* parent) {
    const ByteView left = ByteView(digest).first(32);
    const auto key = parent == nullptr ? crypto::secret_key_from(left)
                                       : crypto::add_tweak(*parent, Hash256::from(left));
    if (!key) return failure("BIP-32: this node has no valid key: " + key.error().message);
    return HdKey{*key, FixedBytes<32>::from(ByteView(digest).last(32))};
}

}  // namespace

Result<HdKey> master_key(ByteView seed) {
    if (seed.size() < 16 || seed.size() > 64)
        return failure("seed: expected 16 to 64 bytes, got " + std::to_string(seed.size()));
    return split(crypto::hmac_sha512(view_of("Bitcoin seed"), seed), nullptr);
}

Result<HdKey> child_key(const HdKey& parent, std::uint32_t index) {
    Bytes data;
    if (index >= kHardened) {
        data.push_back(0);
        append(data, parent.key.bytes);
    } else {
        const auto point = crypto::public_key_of(parent.key);
        if (!point) return point.error();
        append(data, point->compressed());
    }
    for (int shift = 24; shift >= 0; shift -= 8)
        data.push_back(static_cast<std::uint8_t>(index >> shift));
    return split(crypto::hmac_sha512(parent.chain_code, data), &parent.key);
}

Result<crypto::SecretKey> key_at_path(ByteView seed, const std::string& path) {
    if (path.empty() || path[0] != 'm') return failure("path: " + path + " does not start with m");
    auto node = master_key(seed);
    if (!node) return node.error();
    std::size_t depth = 0;
    for (std::size_t at = 1; at < path.size();) {
        if (path[at] != '/') return failure("path: expected / in " + path);
        std::uint32_t index = 0;
        const char* end = path.data() + path.size();
        const auto [stop, error] = std::from_chars(path.data() + at + 1, end, index);
        if (error != std::errc() || index >= kHardened)
            return failure("path: expected numbers below 2^31 in " + path);
        at = static_cast<std::size_t>(stop - path.data());
        if (at < path.size() && (path[at] == '\'' || path[at] == 'h')) {
            index += kHardened;
            ++at;
        }
        if (++depth > kDeepest) return failure("path: deeper than 255 levels");
        node = child_key(*node, index);
        if (!node) return node.error();
    }
    return node->key;
}

std::string account_path(std::uint32_t index) {
    return "m/44'/60'/0'/0/" + std::to_string(index);
}

}  // namespace assay::cli
