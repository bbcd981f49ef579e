// Owns the parameters of staking and the rules they must meet.
#pragma once

#include <cstdint>

#include "chain/base/result.hpp"
#include "chain/codec/record.hpp"
#include "chain/types/amount.hpp"

namespace assay::staking {

struct Params {
    Amount power_unit = kTokenUnits;  // tokens behind one vote; the nearest number counts
    std::uint32_t max_validators = 200;
    Amount min_self_bond = kTokenUnits;          // of the operator, to begin and to be unjailed
    Amount min_delegation = kTokenUnits / 1000;  // and the least that leaves at a time
    std::uint64_t unbonding_s = 1'814'400;       // 21 days
    std::uint64_t bucket_s = 86'400;             // what leaves in one such span is slashed alike
    std::uint32_t max_unbondings = 7;            // of one delegator from one validator at a time
    std::uint32_t max_redelegations = 7;         // of one delegator into one validator at a time
    std::uint32_t window_blocks = 1'000;         // over which absences are counted
    std::uint32_t min_signed_ppm = 500'000;      // of the window
    std::uint32_t absence_ppm = 1'000;           // slashed for signing less
    std::uint64_t jail_s = 600;                  // for it, at least
    std::uint32_t double_sign_ppm = 50'000;      // slashed for two votes in one round
    std::uint32_t beacon_miss_ppm =
        10;  // slashed for a block without the proof it owed, 100 at a time
    std::uint32_t commission_step_ppm = 10'000;  // most that a commission may rise at a time
    std::uint64_t commission_wait_s = 86'400;    // between two changes
};
BOOST_DESCRIBE_STRUCT(Params, (),
                      (power_unit, max_validators, min_self_bond, min_delegation, unbonding_s,
                       bucket_s, max_unbondings, max_redelegations, window_blocks, min_signed_ppm,
                       absence_ppm, jail_s, double_sign_ppm, beacon_miss_ppm, commission_step_ppm,
                       commission_wait_s))

Result<void> validate(const Params& params);
// What a running chain's records were made by keeps its value, or may only rise.
Result<void> validate_change(const Params& before, const Params& after);
// Waits of seconds to minutes, for one machine.
Params devnet_params();

}  // namespace assay::staking
