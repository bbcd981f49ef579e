// Owns BlockBudget: how much gas a proposer puts into a block, so that all can check it in time.
#pragma once

#include <algorithm>
#include <cstdint>

namespace assay::consensus {

// A choice of the proposer's own, far below what the chain allows: a block that others cannot check
// before their timers end is a round lost for everybody. Follows what heights lately took.
class BlockBudget {
  public:
    static constexpr std::uint64_t kLeast = 20'000'000;
    static constexpr std::uint64_t kFirst = 100'000'000;
    static constexpr std::uint64_t kShortMs = 150;  // below it blocks may grow
    static constexpr std::uint64_t kLongMs = 400;   // above it they shrink

    // Never above what a block may use.
    std::uint64_t gas(std::uint64_t block_gas_limit) const {
        return std::min(gas_, block_gas_limit);
    }
    // A height was decided in `round`, `took_ms` after its first round began here, with a block
    // that used `used` gas. Only one that was nearly full says that more would fit.
    void decided(std::int32_t round, std::uint64_t took_ms, std::uint64_t used) {
        if (round > 0)
            gas_ = std::max(kLeast, gas_ / 2);
        else if (took_ms > kLongMs)
            gas_ = std::max(kLeast, gas_ / 4 * 3);
        else if (took_ms < kShortMs && used > gas_ / 2 && gas_ < kMost)
            gas_ += gas_ / 8;
    }

  private:
    static constexpr std::uint64_t kMost = std::uint64_t{1} << 50U;
    std::uint64_t gas_ = kFirst;
};

}  // namespace assay::consensus
