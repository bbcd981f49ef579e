// What the beacon needs: who speaks for a validator, and where a missing proof is held against it.
#include "modules/beacon/api.hpp"
#include "modules/beacon/needs.hpp"
#include "modules/staking/api.hpp"

namespace assay::beacon::needs {

std::optional<Address> operator_of(const State& state, const FixedBytes<20>& validator) {
    return staking::operator_of(state, validator);
}

void beacon_missed(State& state, const BlockEnv& block, const FixedBytes<20>& validator) {
    const std::uint64_t missed = beacon::count_miss(state, validator);
    staking::punish_missing_proofs(state, block, validator, missed);
}

}  // namespace assay::beacon::needs
