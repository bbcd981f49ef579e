// Reads and writes the parameter records of every module.
#include "modules/wiring/governed.hpp"

#include "chain/exec/executor.hpp"
#include "modules/rewards/objects.hpp"
#include "modules/staking/api.hpp"
#include "modules/staking/objects.hpp"

namespace assay {

namespace {

template <class T>
void put_if_changed(State& state, const Table<Only, T>& table, const T& value) {
    if (record::encode(state.must_get(table, {})) != record::encode(value))
        state.put(table, {}, value);
}

}  // namespace

Governed governed(const State& state) {
    return {.modules = {.market = state.must_get(market::kParams, {}),
                        .disputes = state.must_get(disputes::kParams, {}),
                        .jurors = state.must_get(jurors::kParams, {}),
                        .rewards = state.must_get(rewards::kParams, {}),
                        .beacon = state.must_get(beacon::kParams, {}),
                        .staking = state.must_get(staking::kParams, {}),
                        .governance = state.must_get(governance::kParams, {}),
                        .reputation = state.must_get(reputation::kParams, {})},
            .fees = state.must_get(kFeeParams, {})};
}

void put_governed(State& state, const Governed& after) {
    put_if_changed(state, market::kParams, after.modules.market);
    put_if_changed(state, disputes::kParams, after.modules.disputes);
    put_if_changed(state, jurors::kParams, after.modules.jurors);
    put_if_changed(state, rewards::kParams, after.modules.rewards);
    put_if_changed(state, beacon::kParams, after.modules.beacon);
    staking::change_params(state, after.modules.staking);
    put_if_changed(state, governance::kParams, after.modules.governance);
    put_if_changed(state, reputation::kParams, after.modules.reputation);
    put_if_changed(state, kFeeParams, after.fees);
}

Result<void> validate_change(const Governed& before, const Governed& after) {
    // Consensus carries it in every header; a new value is a software upgrade.
    if (before.fees.block_gas_limit != after.fees.block_gas_limit)
        return failure("fees.blockGasLimit may not change while the chain runs");
    if (before.fees.initial_base_fee != after.fees.initial_base_fee)
        return failure("fees.initialBaseFee was used at genesis only");
    if (auto good = jurors::validate_change(before.modules.jurors, after.modules.jurors); !good)
        return good;
    if (auto good =
            reputation::validate_change(before.modules.reputation, after.modules.reputation);
        !good)
        return good;
    return staking::validate_change(before.modules.staking, after.modules.staking);
}

}  // namespace assay
