// The rules of stake and of what it earns.
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/staking/earnings.hpp"
#include "modules/staking/events.hpp"
#include "modules/staking/messages.hpp"
#include "modules/staking/slashing.hpp"
#include "modules/staking/stake.hpp"

namespace assay::staking {

namespace {

// Leaves no remainder behind that rounding makes.
Amount shares_out(const Position& position, Amount tokens) {
    if (tokens == tokens_of(position.validator, position.delegation.shares))
        return position.delegation.shares;
    const auto out = mul_div_ceil(tokens, position.validator.shares, position.validator.tokens);
    CHECK(out && *out <= position.delegation.shares);
    return *out;
}

bool keeps_too_little(const Position& position, Amount min_self_bond) {
    return position.key.delegator == position.validator.operator_account &&
           !position.validator.jailed &&
           tokens_of(position.validator, position.delegation.shares) < min_self_bond;
}

}  // namespace

TxCode Delegate::check(const TxEnv& env) const {
    if (env.value.is_zero()) return TxCode::amount_zero;
    return TxCode::ok;
}

TxCode Delegate::execute(State& state, const TxEnv& env) const {
    if (!state.contains(kValidators, validator)) return TxCode::validator_not_found;
    Position position = open_position(state, env.sender, validator);
    if (position.validator.tombstoned) return TxCode::validator_tombstoned;
    if (env.value < state.must_get(kParams, {}).min_delegation) return TxCode::stake_too_small;
    const auto shares = shares_for(position.validator, env.value);
    if (!shares) return TxCode::stake_limit_reached;
    ledger::move(state, module_address(ModuleId::staking), pool::kStake, env.value);
    add_shares(position, env.value, *shares);
    close_position(state, position);
    emit(state, ModuleId::staking,
         Delegated{.validator = validator,
                   .delegator = env.sender,
                   .amount = env.value,
                   .shares = *shares});
    return TxCode::ok;
}

TxCode Unbond::check(const TxEnv&) const {
    if (amount.is_zero()) return TxCode::amount_zero;
    return TxCode::ok;
}

TxCode Unbond::execute(State& state, const TxEnv& env) const {
    if (!state.contains(kValidators, validator)) return TxCode::validator_not_found;
    const Params params = state.must_get(kParams, {});
    Position position = open_position(state, env.sender, validator);
    const Amount held = tokens_of(position.validator, position.delegation.shares);
    if (amount > held) return TxCode::no_stake;
    const Amount left = difference_of(held, amount);
    if (amount < held && (amount < params.min_delegation || left < params.min_delegation))
        return TxCode::stake_too_small;
    if (position.delegation.unbondings.size() >= params.max_unbondings)
        return TxCode::unbonding_limit_reached;
    begin_unbonding(state, env.block, position, shares_out(position, amount));
    if (keeps_too_little(position, params.min_self_bond))
        jail(state, position.validator, env.block.time_s, false);
    close_position(state, position);
    return TxCode::ok;
}

TxCode WithdrawRewards::check(const TxEnv&) const {
    return TxCode::ok;
}

TxCode WithdrawRewards::execute(State& state, const TxEnv& env) const {
    if (!state.contains(kValidators, validator)) return TxCode::validator_not_found;
    Position position = open_position(state, env.sender, validator);
    Amount due = position.delegation.rewards;
    if (env.sender == position.validator.operator_account)
        due = sum_of(due, std::exchange(position.validator.commission, {}));
    if (due.is_zero()) return TxCode::nothing_to_claim;
    position.delegation.rewards = {};
    position.totals.rewards_owed = difference_of(position.totals.rewards_owed, due);
    close_position(state, position);
    ledger::move(state, pool::kValidators, env.sender, due);
    emit(state, ModuleId::staking,
         RewardsWithdrawn{.validator = validator, .delegator = env.sender, .amount = due});
    return TxCode::ok;
}

}  // namespace assay::staking
