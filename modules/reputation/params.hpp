// Owns the parameters of reputation and tiers, and the rules they must meet.
#pragma once

#include <cstdint>

#include "chain/base/result.hpp"
#include "chain/state/table.hpp"
#include "chain/types/amount.hpp"

namespace assay {
class State;
}

namespace assay::reputation {

inline constexpr std::uint32_t kFullScore_ppm = kPpm;
inline constexpr std::uint8_t kTopTier = 4;

// What an account needs for a tier: all three.
struct TierRule {
    std::uint32_t score_ppm = 0;
    std::uint32_t buyers = 0;  // distinct ones that count
    Amount stake;              // as a juror, in base units
};
BOOST_DESCRIBE_STRUCT(TierRule, (), (score_ppm, buyers, stake))

constexpr Amount tokens(std::uint64_t count) {
    return Amount::from_raw(static_cast<u128>(kTokenUnits) * count);
}

struct Params {
    std::uint64_t step_s = 86'400;  // a score halves in 90 steps
    // Burned order fees that would earn the full score, were there no cap.
    Amount full_burn = tokens(100);
    std::uint32_t counterparty_cap_ppm = 250'000;  // of the score, from one buyer
    std::uint32_t buyer_counts_ppm = 50'000;       // given by a buyer who counts as distinct
    std::uint32_t rejection_ppm = 250'000;         // of the score, lost by a rejection
    TierRule t1{.score_ppm = 100'000, .buyers = 2, .stake = tokens(100)};
    TierRule t2{.score_ppm = 250'000, .buyers = 3, .stake = tokens(200)};
    TierRule t3{.score_ppm = 500'000, .buyers = 4, .stake = tokens(500)};
    TierRule t4{.score_ppm = 800'000, .buyers = 6, .stake = tokens(1'000)};
};
BOOST_DESCRIBE_STRUCT(Params, (),
                      (step_s, full_burn, counterparty_cap_ppm, buyer_counts_ppm, rejection_ppm, t1,
                       t2, t3, t4))

inline constexpr Table<Only, Params> kParams{ModuleId::reputation, 1};

Result<void> validate(const Params& params);
// P11: no tier asks less than the one below it, each asks for several buyers, and for a score that
// so many buyers can give.
Result<void> validate_tiers(const Params& params);
// Records count time in steps, so these keep their length.
Result<void> validate_change(const Params& before, const Params& after);
// Steps of seconds and tiers within the purses of one machine.
Params devnet_params();
// Writes the genesis record.
void init(State& state, const Params& params);

}  // namespace assay::reputation
