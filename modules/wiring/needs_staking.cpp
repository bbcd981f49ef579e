// What staking needs: votes that follow stake.
#include "modules/governance/api.hpp"
#include "modules/staking/needs.hpp"

namespace assay::staking::needs {

void shares_changed(State& state, const DelegationKey& where, Amount before, Amount after) {
    governance::shares_changed(state, where.delegator, where.validator, before, after);
}

}  // namespace assay::staking::needs
