// What the beacon needs: who speaks for a validator, and where a missing proof is held against it.
#include "chain/exec/executor.hpp"
#include "modules/beacon/api.hpp"
#include "modules/beacon/needs.hpp"

namespace assay::beacon::needs {

std::optional<Address> operator_of(const State& state, const FixedBytes<20>& validator) {
    return state.get(kFeeRecipients, validator);
}

void beacon_missed(State& state, const BlockEnv&, const FixedBytes<20>& validator) {
    beacon::count_miss(state, validator);
}

}  // namespace assay::beacon::needs
