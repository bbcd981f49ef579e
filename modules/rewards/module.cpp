// What minting offers.
#include "modules/rewards/module.hpp"

#include "modules/rewards/epochs.hpp"
#include "modules/rewards/events.hpp"
#include "modules/rewards/invariants.hpp"
#include "modules/rewards/messages.hpp"
#include "modules/rewards/views.hpp"

namespace assay::rewards {

Module make_module() {
    Module module{.id = ModuleId::rewards, .name = "rewards"};
    module.messages = messages<ClaimVested>();
    module.views = views<CurrentEpoch, GetEpoch, GetReward, GetRewardParams>();
    module.events = events<EpochEnded, RewardEarned, RewardClaimed, RewardClawedBack>();
    module.deadlines = {{DeadlineKind::epoch_ends, on_epoch_ends}};
    module.invariants = {check_mint, check_vesting, check_epochs};
    return module;
}

}  // namespace assay::rewards
