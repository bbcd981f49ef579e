// The rules of staking's numbers.
#include "modules/staking/params.hpp"

namespace assay::staking {

namespace {

constexpr std::uint64_t kMaxWait_s = 31'536'000;  // a year
constexpr std::uint64_t kMinUnit = 1'000'000'000'000;
constexpr std::uint64_t kMaxBuckets = 64;
// Half at most: what is slashed never falls to nothing while somebody holds shares of it.
constexpr std::uint32_t kMaxSlash_ppm = 500'000;

Result<void> in_range(const char* name, std::uint64_t value, std::uint64_t least,
                      std::uint64_t most) {
    if (value >= least && value <= most) return {};
    return failure("staking." + std::string(name) + " is outside " + std::to_string(least) + ".." +
                   std::to_string(most));
}

Result<void> amount_in_range(const char* name, Amount value, Amount least) {
    const Amount most = Amount::from_raw(static_cast<u128>(kTokenUnits) * 1'000'000);
    if (value >= least && value <= most) return {};
    return failure("staking." + std::string(name) + " is outside " + to_string(least) + ".." +
                   to_string(most));
}

}  // namespace

Result<void> validate(const Params& params) {
    for (const auto& good :
         {amount_in_range("powerUnit", params.power_unit, kMinUnit),
          amount_in_range("minSelfBond", params.min_self_bond, Amount(1)),
          amount_in_range("minDelegation", params.min_delegation, Amount(1)),
          in_range("maxValidators", params.max_validators, 1, 1'000),
          in_range("unbondingS", params.unbonding_s, 1, kMaxWait_s),
          in_range("bucketS", params.bucket_s, 1, params.unbonding_s),
          in_range("maxUnbondings", params.max_unbondings, 1, 100),
          in_range("maxRedelegations", params.max_redelegations, 1, 100),
          in_range("windowBlocks", params.window_blocks, 1, 100'000),
          in_range("minSignedPpm", params.min_signed_ppm, 0, kPpm),
          in_range("absencePpm", params.absence_ppm, 0, kMaxSlash_ppm),
          in_range("jailS", params.jail_s, 0, kMaxWait_s),
          in_range("doubleSignPpm", params.double_sign_ppm, 0, kMaxSlash_ppm),
          in_range("beaconMissPpm", params.beacon_miss_ppm, 0, kMaxSlash_ppm / 100),
          in_range("commissionStepPpm", params.commission_step_ppm, 0, kPpm),
          in_range("commissionWaitS", params.commission_wait_s, 0, kMaxWait_s)})
        if (!good) return good;
    if (params.unbonding_s / params.bucket_s > kMaxBuckets)
        return failure("staking.unbondingS is more than " + std::to_string(kMaxBuckets) +
                       " times bucketS");
    return {};
}

// The ranking holds powers in units, buckets are numbered by their span, and absences have a bit
// for each block of the window. A shorter wait would let go of what still answers for votes; a
// lower count would leave records with more than may be.
Result<void> validate_change(const Params& before, const Params& after) {
    if (before.power_unit != after.power_unit)
        return failure("staking.powerUnit may not change while the chain runs");
    if (before.bucket_s != after.bucket_s)
        return failure("staking.bucketS may not change while the chain runs");
    if (before.window_blocks != after.window_blocks)
        return failure("staking.windowBlocks may not change while the chain runs");
    if (after.unbonding_s < before.unbonding_s)
        return failure("staking.unbondingS may only rise while the chain runs");
    if (after.max_redelegations < before.max_redelegations)
        return failure("staking.maxRedelegations may only rise while the chain runs");
    return {};
}

Params devnet_params() {
    Params out;
    out.unbonding_s = 120;
    out.bucket_s = 10;
    out.window_blocks = 200;
    out.jail_s = 10;
    out.commission_wait_s = 10;
    return out;
}

}  // namespace assay::staking
