// Owns the turning of bytes into choices, so that a fuzzer or a seed decides what actors do.
#pragma once

#include <vector>

#include "chain/base/bytes.hpp"
#include "chain/types/amount.hpp"

namespace assay::test {

// splitmix64.
inline std::uint64_t next_random(std::uint64_t& state) {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

// Reads the bytes one by one; after the last every choice is the first one. Made of a seed, it has
// no last one.
class Choices {
  public:
    explicit Choices(ByteView bytes) : bytes_(bytes) {}
    explicit Choices(std::uint64_t seed) : random_(seed), endless_(true) {}
    bool empty() const { return !endless_ && bytes_.empty(); }
    std::uint8_t byte() {
        if (endless_) return random_byte();
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
    std::uint8_t random_byte() {
        if (word_bytes_ == 0) {
            word_ = next_random(random_);
            word_bytes_ = 8;
        }
        --word_bytes_;
        const auto out = static_cast<std::uint8_t>(word_);
        word_ >>= 8U;
        return out;
    }

    ByteView bytes_;
    std::uint64_t random_ = 0;
    bool endless_ = false;
    std::uint64_t word_ = 0;
    int word_bytes_ = 0;
};

// Pseudo-random bytes of a seed, for runs that repeat.
inline Bytes bytes_of_seed(std::uint64_t seed, std::size_t size) {
    Bytes out(size);
    for (auto& byte : out) byte = static_cast<std::uint8_t>(next_random(seed));
    return out;
}

}  // namespace assay::test
