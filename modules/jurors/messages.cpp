// The rules of staking as a juror.
#include "modules/jurors/messages.hpp"

#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/jurors/stake.hpp"

namespace assay::jurors {

TxCode StakeJuror::check(const TxEnv& env) const {
    if (env.value.is_zero()) return TxCode::amount_zero;
    return TxCode::ok;
}

TxCode StakeJuror::execute(State& state, const TxEnv& env) const {
    const Amount stake = sum_of(juror_of(state, env.sender).stake, env.value);
    if (stake < state.must_get(kParams, {}).min_stake) return TxCode::stake_too_small;
    if (!state.contains(kJurors, env.sender) && !has_free_slot(state))
        return TxCode::stake_limit_reached;
    ledger::move(state, module_address(ModuleId::jurors), pool::kJurorStake, env.value);
    add_stake(state, env.sender, env.value);
    return TxCode::ok;
}

TxCode UnstakeJuror::check(const TxEnv&) const {
    if (amount.is_zero()) return TxCode::amount_zero;
    return TxCode::ok;
}

TxCode UnstakeJuror::execute(State& state, const TxEnv& env) const {
    const Juror juror = juror_of(state, env.sender);
    const auto rest = checked_sub(juror.stake, amount);
    if (!rest) return TxCode::no_stake;
    if (*rest < held_stake(juror)) return TxCode::stake_locked;
    if (!rest->is_zero() && *rest < state.must_get(kParams, {}).min_stake)
        return TxCode::stake_too_small;  // a rest that weighs nothing would be forgotten
    if (juror.unbondings.size() >= kMaxUnbondings) return TxCode::stake_limit_reached;
    begin_unbonding(state, env.block, env.sender, amount);
    return TxCode::ok;
}

}  // namespace assay::jurors
