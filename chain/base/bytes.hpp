// Owns byte sequences: growing (Bytes), borrowed (ByteView), fixed (FixedBytes), and hex.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chain/base/check.hpp"
#include "chain/base/result.hpp"

namespace assay {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// N bytes compared in lexicographic order. Zero when default constructed.
template <std::size_t N>
struct FixedBytes {
    std::array<std::uint8_t, N> bytes{};

    static constexpr std::size_t kSize = N;
    // `view` must be N bytes long; a caller that holds input checks the length first.
    static FixedBytes from(ByteView view) {
        CHECK(view.size() == N);
        FixedBytes out;
        std::copy(view.begin(), view.end(), out.bytes.begin());
        return out;
    }
    constexpr const std::uint8_t* data() const { return bytes.data(); }
    constexpr std::uint8_t* data() { return bytes.data(); }
    static constexpr std::size_t size() { return N; }
    constexpr auto begin() const { return bytes.begin(); }
    constexpr auto end() const { return bytes.end(); }
    constexpr bool is_zero() const {
        for (const auto b : bytes)
            if (b != 0) return false;
        return true;
    }
    operator ByteView() const { return ByteView(bytes.data(), N); }
    friend constexpr auto operator<=>(const FixedBytes&, const FixedBytes&) = default;
    friend constexpr bool operator==(const FixedBytes&, const FixedBytes&) = default;
};

// Hash functor for tables that are only looked up, never iterated: takes the first eight bytes.
struct FixedBytesHash {
    template <std::size_t N>
    std::size_t operator()(const FixedBytes<N>& value) const {
        static_assert(N >= 8);
        std::uint64_t h = 0;
        std::memcpy(&h, value.bytes.data() + (N - 8), 8);
        std::uint64_t g = 0;
        std::memcpy(&g, value.bytes.data(), 8);
        return (h ^ (g * 0x9E3779B97F4A7C15ULL));
    }
};

inline ByteView view_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView view) {
    return {reinterpret_cast<const char*>(view.data()), view.size()};
}
inline Bytes to_bytes(ByteView view) {
    return Bytes(view.begin(), view.end());
}
inline void append(Bytes& out, ByteView view) {
    out.insert(out.end(), view.begin(), view.end());
}

// Lower-case hex without prefix.
std::string to_hex(ByteView view);
// Lower-case hex with 0x.
std::string to_hex0x(ByteView view);
// Takes an even number of hex digits of either case, with or without 0x. Names what is wrong.
Result<Bytes> from_hex(std::string_view text);

// As from_hex, for exactly N bytes.
template <std::size_t N>
Result<FixedBytes<N>> fixed_from_hex(std::string_view text) {
    auto raw = from_hex(text);
    if (!raw) return raw.error();
    if (raw->size() != N)
        return failure("expected " + std::to_string(N) + " bytes of hex, got " +
                       std::to_string(raw->size()));
    return FixedBytes<N>::from(*raw);
}

}  // namespace assay
