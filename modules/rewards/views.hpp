// Owns what can be asked of minting.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/rewards/objects.hpp"

namespace assay::rewards {

// The epoch that runs.
struct CurrentEpoch {
    using Returns = Epoch;
    Result<Epoch> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(CurrentEpoch, (), ())

// Not found: an error that names the number.
struct GetEpoch {
    using Returns = Epoch;
    std::uint64_t number = 0;
    Result<Epoch> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetEpoch, (), (number))

struct Reward {
    Grant grant;
    std::uint64_t vesting_begins_s = 0;  // the end of its epoch
    std::uint64_t vesting_ends_s = 0;
    bool epoch_ended = false;
    Amount granted;    // zero until the epoch has ended
    Amount vested;     // released or claimable
    Amount claimable;  // now
};
BOOST_DESCRIBE_STRUCT(Reward, (),
                      (grant, vesting_begins_s, vesting_ends_s, epoch_ended, granted, vested,
                       claimable))

// Not found where no order fee of the submission was burned.
struct GetReward {
    using Returns = Reward;
    std::uint64_t submission = 0;
    Result<Reward> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetReward, (), (submission))

struct GetRewardParams {
    using Returns = Params;
    Result<Params> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetRewardParams, (), ())

}  // namespace assay::rewards
