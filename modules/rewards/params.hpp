// Owns the parameters of minting and the rules they must meet.
#pragma once

#include <cstdint>

#include "chain/base/result.hpp"
#include "chain/codec/record.hpp"
#include "chain/types/amount.hpp"

namespace assay {
class State;
}

namespace assay::rewards {

// Genesis supply and everything ever minted never exceed this: 10^9 tokens.
inline constexpr Amount kCap = Amount::from_raw(static_cast<u128>(kTokenUnits) * 1'000'000'000ULL);

// How the work mint is split. Sums to 10^6; what rounding leaves is not minted.
struct MintSplit {
    std::uint32_t contributors_ppm = 800'000;
    std::uint32_t jurors_ppm = 100'000;
    std::uint32_t treasury_ppm = 100'000;
};
BOOST_DESCRIBE_STRUCT(MintSplit, (), (contributors_ppm, jurors_ppm, treasury_ppm))

struct Params {
    std::uint64_t epoch_s = 86'400;
    std::uint64_t half_life_s = 126'230'400;  // of what is left below the cap: four years
    std::uint32_t mu_ppm = 800'000;           // of burned order fees: the most that work mints
    MintSplit split;
    std::uint32_t at_once_ppm = 250'000;   // of a grant, when its epoch ends
    std::uint64_t vesting_s = 15'552'000;  // of the rest, from then on: 180 days
};
BOOST_DESCRIBE_STRUCT(Params, (), (epoch_s, half_life_s, mu_ppm, split, at_once_ppm, vesting_s))

inline constexpr std::uint32_t kMaxMu_ppm = 950'000;

// P1 among them: mu <= 95% and a split that sums to 10^6.
Result<void> validate(const Params& params);
// The share of (cap - issued) that one epoch may emit, in 2^-32: floor(2^32 (1 - 2^(-epoch/half
// life))), computed in integers.
std::uint64_t emission_rate(const Params& params);
// Epochs of seconds and quick vesting, for one machine.
Params devnet_params();
// Writes the genesis records and begins epoch 1.
void init(State& state, const Params& params, std::uint64_t genesis_time_s);

}  // namespace assay::rewards
