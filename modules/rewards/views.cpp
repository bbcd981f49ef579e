// Answers from the records of minting.
#include "modules/rewards/views.hpp"

#include "modules/rewards/grants.hpp"

namespace assay::rewards {

Result<Epoch> CurrentEpoch::view(const State& state, const BlockEnv&) const {
    return state.must_get(kEpochs, state.must_get(kCurrentEpoch, {}));
}

Result<Epoch> GetEpoch::view(const State& state, const BlockEnv&) const {
    const auto epoch = state.get(kEpochs, number);
    if (!epoch) return failure("there is no epoch " + std::to_string(number));
    return *epoch;
}

Result<Reward> GetReward::view(const State& state, const BlockEnv& block) const {
    const auto open = open_grant(state, submission);
    if (!open) return failure("submission " + std::to_string(submission) + " has no reward");
    const auto& [grant, epoch] = *open;
    Reward out{.grant = grant,
               .vesting_begins_s = epoch.ends_s,
               .vesting_ends_s = epoch.ends_s + epoch.terms.vesting_s,
               .epoch_ended = epoch.ended,
               .granted = grant_size(epoch, grant),
               .vested = grant.released,
               .claimable = {}};
    if (grant.fraud) return out;
    out.vested = payable_of(epoch, grant, out.granted, block.time_s);
    out.claimable = difference_of(out.vested, grant.released);
    return out;
}

Result<Params> GetRewardParams::view(const State& state, const BlockEnv&) const {
    return state.must_get(kParams, {});
}

}  // namespace assay::rewards
