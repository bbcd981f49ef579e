// Snappy's C interface: no exceptions, no strings.
#include "chain/index/packed.hpp"

#include <snappy-c.h>

namespace assay {

namespace {

constexpr std::uint8_t kPacked = 1;

}  // namespace

Bytes packed(ByteView plain) {
    CHECK(plain.empty() || plain.front() != kPacked);
    Bytes out(1 + snappy_max_compressed_length(plain.size()));
    out.front() = kPacked;
    std::size_t size = out.size() - 1;
    CHECK(snappy_compress(reinterpret_cast<const char*>(plain.data()), plain.size(),
                          reinterpret_cast<char*>(out.data() + 1), &size) == SNAPPY_OK);
    out.resize(1 + size);
    return out;
}

std::optional<Bytes> unpacked(Bytes stored) {
    if (stored.empty() || stored.front() != kPacked) return stored;
    const auto* from = reinterpret_cast<const char*>(stored.data() + 1);
    std::size_t size = 0;
    if (snappy_uncompressed_length(from, stored.size() - 1, &size) != SNAPPY_OK)
        return std::nullopt;
    // No Snappy stream grows more than this: a damaged length must not take all memory.
    if (size > 64 * stored.size()) return std::nullopt;
    Bytes out(size);
    if (snappy_uncompress(from, stored.size() - 1, reinterpret_cast<char*>(out.data()), &size) !=
        SNAPPY_OK)
        return std::nullopt;
    return out;
}

}  // namespace assay
