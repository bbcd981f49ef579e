// The rules of stake and of what it earns.
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/staking/earnings.hpp"
#include "modules/staking/events.hpp"
#include "modules/staking/liens.hpp"
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

// What leaves and what stays are worth a record each.
bool leaves_crumbs(Amount held, Amount amount, Amount min_delegation) {
    const Amount left = difference_of(held, amount);
    return !left.is_zero() && (amount < min_delegation || left < min_delegation);
}

// Puts what left `source` to the position's stake.
void arrive(State& state, const BlockEnv& block, Position& position, const Validator& source,
            Amount tokens, Amount shares) {
    add_shares(position, tokens, shares);
    Redelegation entry;
    if (!source.tombstoned)
        entry = begin_redelegation(state, block, position, source.address, shares);
    close_position(state, position);
    emit(state, ModuleId::staking,
         Redelegated{.source = source.address,
                     .destination = position.key.validator,
                     .delegator = position.key.delegator,
                     .redelegation = entry.id,
                     .amount = tokens,
                     .shares = shares,
                     .ends_s = entry.lien.ends_s});
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
    if (leaves_crumbs(held, amount, params.min_delegation)) return TxCode::stake_too_small;
    if (position.delegation.unbondings.size() >= params.max_unbondings)
        return TxCode::unbonding_limit_reached;
    begin_unbonding(state, env.block, position, shares_out(position, amount));
    if (keeps_too_little(position, params.min_self_bond))
        jail(state, position.validator, env.block.time_s, false);
    close_position(state, position);
    return TxCode::ok;
}

TxCode Redelegate::check(const TxEnv&) const {
    if (amount.is_zero()) return TxCode::amount_zero;
    if (from == to) return TxCode::same_validator;
    return TxCode::ok;
}

// A jailed source may be left, for its stake goes on to answer for it; so may a tombstoned one, for
// it was punished for all that it ever did. A jailed destination takes stake as it takes delegated
// stake: its operator may need it to be let in again.
TxCode Redelegate::execute(State& state, const TxEnv& env) const {
    if (!state.contains(kValidators, from) || !state.contains(kValidators, to))
        return TxCode::validator_not_found;
    const Params params = state.must_get(kParams, {});
    Position source = open_position(state, env.sender, from);
    const Position target = open_position(state, env.sender, to);
    const Amount held = tokens_of(source.validator, source.delegation.shares);
    if (amount > held) return TxCode::no_stake;
    if (amount < params.min_delegation || leaves_crumbs(held, amount, params.min_delegation))
        return TxCode::stake_too_small;
    if (!source.delegation.redelegations.empty()) return TxCode::redelegation_immature;
    if (target.validator.tombstoned) return TxCode::validator_tombstoned;
    if (target.delegation.redelegations.size() >= params.max_redelegations)
        return TxCode::redelegation_limit_reached;
    const auto shares = shares_for(target.validator, amount);
    if (!shares) return TxCode::stake_limit_reached;
    const Amount tokens = remove_shares(source, shares_out(source, amount));
    CHECK(tokens == amount);
    if (keeps_too_little(source, params.min_self_bond))
        jail(state, source.validator, env.block.time_s, false);
    close_position(state, source);
    Position destination = open_position(state, env.sender, to);
    arrive(state, env.block, destination, source.validator, tokens, *shares);
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
