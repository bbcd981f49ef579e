// Owns Random: the only source of chance in a simulated run, repeatable from its seed.
#pragma once

#include <cstdint>
#include <vector>

#include "chain/base/bytes.hpp"

namespace assay::simulation {

// splitmix64.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
    // Both ends included.
    std::uint64_t between(std::uint64_t low, std::uint64_t high) {
        return low + below(high - low + 1);
    }
    bool percent(std::uint64_t chance) { return below(100) < chance; }
    bool per_mille(std::uint64_t chance) { return below(1'000) < chance; }
    template <class T>
    const T& of(const std::vector<T>& all) {
        return all[below(all.size())];
    }
    Bytes bytes(std::size_t size) {
        Bytes out(size);
        for (auto& byte : out) byte = static_cast<std::uint8_t>(next());
        return out;
    }
    // Another stream, which this one's later use does not move.
    Random fork() { return Random(next()); }

  private:
    std::uint64_t state_;
};

}  // namespace assay::simulation
