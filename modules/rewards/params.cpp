// The rules between the numbers of minting, and the emission rate.
#include "modules/rewards/params.hpp"

#include "modules/rewards/epochs.hpp"

namespace assay::rewards {

namespace {

constexpr std::uint64_t kMaxEpoch_s = 2'592'000;          // thirty days
constexpr std::uint64_t kMaxHalfLife_s = 31'536'000'000;  // a thousand years
constexpr std::uint64_t kMinEpochsPerHalfLife = 16;
constexpr std::uint64_t kMaxVesting_s = 315'360'000;               // ten years
constexpr std::uint64_t kLn2_q64 = 12'786'308'645'202'655'659ULL;  // floor(2^64 ln 2)

constexpr std::uint64_t product_q64(std::uint64_t a, std::uint64_t b) {
    return static_cast<std::uint64_t>(static_cast<u128>(a) * b >> 64U);
}

}  // namespace

Result<void> validate(const Params& params) {
    if (params.epoch_s == 0 || params.epoch_s > kMaxEpoch_s)
        return failure("rewards.epochS is outside 1.." + std::to_string(kMaxEpoch_s));
    if (params.half_life_s > kMaxHalfLife_s)
        return failure("rewards.halfLifeS is above " + std::to_string(kMaxHalfLife_s));
    if (params.half_life_s / kMinEpochsPerHalfLife < params.epoch_s)
        return failure("rewards.halfLifeS is below 16 epochs");
    if (params.mu_ppm > kMaxMu_ppm) return failure("P1: rewards.muPpm is above 950000");
    const std::uint64_t split = std::uint64_t{params.split.contributors_ppm} +
                                params.split.jurors_ppm + params.split.treasury_ppm;
    if (split != kPpm) return failure("P1: rewards.split does not sum to 1000000");
    if (params.at_once_ppm > kPpm) return failure("rewards.atOncePpm is above 1000000");
    if (params.vesting_s == 0 || params.vesting_s > kMaxVesting_s)
        return failure("rewards.vestingS is outside 1.." + std::to_string(kMaxVesting_s));
    return {};
}

// 1 - e^-x = x - x^2/2 + x^3/6 - ... with x = ln 2 * epoch / half life < 0.05, in 2^-64. Each term
// rounds down by less than one unit, far below the 2^32 units of one step of the result.
std::uint64_t emission_rate(const Params& params) {
    const auto x = static_cast<std::uint64_t>(static_cast<u128>(kLn2_q64) * params.epoch_s /
                                              params.half_life_s);
    std::uint64_t sum = x;
    std::uint64_t term = x;
    for (std::uint64_t n = 2; term != 0; ++n) {
        term = product_q64(term, x) / n;
        sum = n % 2 == 0 ? sum - term : sum + term;
    }
    return sum >> 32U;
}

Params devnet_params() {
    Params out;
    out.epoch_s = 20;
    out.vesting_s = 120;
    return out;
}

void init(State& state, const Params& params, std::uint64_t genesis_time_s) {
    state.put(kParams, {}, params);
    begin_epoch(state, {.number = 1, .begins_s = genesis_time_s});
}

}  // namespace assay::rewards
