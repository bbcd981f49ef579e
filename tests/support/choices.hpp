// Owns the turning of bytes into choices, so that a fuzzer or a seed decides what actors do.
#pragma once

#include <vector>

#include "chain/base/bytes.hpp"
#include "chain/types/amount.hpp"

namespace assay::test {

// Reads the bytes one by one; after the last every choice is the first one.
class Choices {
  public:
    explicit Choices(ByteView bytes) : bytes_(bytes) {}
    bool empty() const { return bytes_.empty(); }
    std::uint8_t byte() {
        if (bytes_.empty()) return 0;
        const std::uint8_t out = bytes_[0];
        bytes_ = bytes_.subspan(1);
        return out;
    }
    // 0..bound-1, bound at most 256.
    std::uint32_t below(std::uint32_t bound) { return byte() % bound; }
    bool one_in(std::uint32_t bound) { return below(bound) == bound - 1; }
    std::uint64_t number() {
        std::uint64_t out = 0;
        for (int i = 0; i < 8; ++i) out = out << 8U | byte();
        return out;
    }
    template <class T>
    const T& of(const std::vector<T>& all) {
        return all[byte() % all.size()];
    }

  private:
    ByteView bytes_;
};

// Pseudo-random bytes of a seed (splitmix64), for runs that repeat.
inline Bytes bytes_of_seed(std::uint64_t seed, std::size_t size) {
    Bytes out(size);
    for (auto& byte : out) {
        std::uint64_t z = (seed += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        byte = static_cast<std::uint8_t>(z ^ (z >> 31U));
    }
    return out;
}

}  // namespace assay::test
