// The rules between the numbers of governance.
#include "modules/governance/params.hpp"

#include "chain/state/state.hpp"

namespace assay::governance {

namespace {

constexpr std::uint64_t kMaxWait_s = 7'776'000;  // ninety days
constexpr std::uint32_t kMinQuorum_ppm = 100'000;
constexpr std::uint32_t kMinVeto_ppm = 100'000;
// What nobody could pay, or nobody reach, would end governance for ever.
constexpr Amount kMaxDeposit = Amount::from_raw(static_cast<u128>(kTokenUnits) * 100'000);
constexpr std::uint32_t kMostDemanded_ppm = 900'000;

Result<void> within(const char* field, std::uint64_t value, std::uint64_t least,
                    std::uint64_t most) {
    if (value >= least && value <= most) return {};
    return failure(std::string("governance.") + field + " is outside " + std::to_string(least) +
                   ".." + std::to_string(most));
}

}  // namespace

Result<void> validate(const Params& params) {
    if (params.deposit.is_zero() || params.deposit > kMaxDeposit)
        return failure("governance.deposit is outside 1.." + to_string(kMaxDeposit));
    for (const auto& good :
         {within("votingS", params.voting_s, 1, kMaxWait_s),
          within("timelockS", params.timelock_s, 1, kMaxWait_s),
          within("quorumPpm", params.quorum_ppm, kMinQuorum_ppm, kMostDemanded_ppm),
          within("majorityPpm", params.majority_ppm, kPpm / 2, kMostDemanded_ppm),
          within("vetoPpm", params.veto_ppm, kMinVeto_ppm, kPpm / 2),
          within("maxOpen", params.max_open, 1, kMostOpen)})
        if (!good) return good;
    return {};
}

Result<void> validate_unbonding(std::uint64_t unbonding_s, std::uint64_t timelock_s) {
    if (unbonding_s >= timelock_s) return {};
    return failure("P9: staking.unbondingS is below governance.timelockS");
}

Params devnet_params() {
    Params out;
    out.deposit = Amount::from_raw(static_cast<u128>(kTokenUnits) * 10);
    out.voting_s = 30;
    out.timelock_s = 10;
    return out;
}

void init(State& state, const Params& params) {
    state.put(kParams, {}, params);
}

}  // namespace assay::governance
