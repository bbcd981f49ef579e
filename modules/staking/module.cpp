// What staking offers.
#include "modules/staking/module.hpp"

#include "modules/staking/events.hpp"
#include "modules/staking/invariants.hpp"
#include "modules/staking/liens.hpp"
#include "modules/staking/messages.hpp"
#include "modules/staking/set.hpp"
#include "modules/staking/slashing.hpp"
#include "modules/staking/stake.hpp"
#include "modules/staking/views.hpp"

namespace assay::staking {

Module make_module() {
    Module module{.id = ModuleId::staking, .name = "staking"};
    module.messages =
        messages<Bond, Delegate, Unbond, WithdrawRewards, Unjail, EditValidator, Redelegate>();
    module.views = views<GetValidator, ListValidators, GetDelegation, ListDelegations,
                         GetStakingTotals, GetStakingParams>();
    module.events = events<ValidatorBonded, Delegated, UnbondingBegan, UnbondingPaid,
                           RewardsWithdrawn, ValidatorSlashed, ValidatorJailed, ValidatorUnjailed,
                           ValidatorEdited, PowerChanged, Redelegated, RedelegationSlashed>();
    module.deadlines = {{DeadlineKind::stake_unbonds, on_stake_unbonds},
                        {DeadlineKind::redelegation_ends, on_redelegation_ends}};
    module.begin_block = begin_block;
    module.end_block = end_block;
    module.invariants = {check_stake, check_earnings, check_set, check_leaving, check_moved};
    return module;
}

}  // namespace assay::staking
