// Answers that credit what a record has not been credited with yet.
#include "modules/staking/views.hpp"

#include "modules/staking/earnings.hpp"
#include "modules/staking/stake.hpp"

namespace assay::staking {

namespace {

Status status_of(const Validator& validator) {
    if (validator.tombstoned) return Status::tombstoned;
    if (validator.jailed) return Status::jailed;
    return validator.power != 0 ? Status::active : Status::waiting;
}

ValidatorStatus describe(const State& state, const Consensus& address) {
    ValidatorStatus out{.validator = state.must_get(kValidators, address),
                        .status = {},
                        .missed_blocks = state.get_or_default(kAbsences, address).missed};
    credit(out.validator, state.must_get(kTotals, {}));
    out.status = status_of(out.validator);
    return out;
}

DelegationStatus describe(const State& state, const DelegationKey& key) {
    const Position position = open_position(state, key.delegator, key.validator);
    DelegationStatus out{.validator = key.validator,
                         .stake = tokens_of(position.validator, position.delegation.shares),
                         .shares = position.delegation.shares,
                         .rewards = position.delegation.rewards,
                         .unbondings = {},
                         .redelegations = {}};
    for (const std::uint64_t id : position.delegation.unbondings) {
        const Unbonding entry = state.must_get(kUnbondings, id);
        out.unbondings.push_back(
            {.id = id, .amount = payment_of(state, entry), .ends_s = entry.ends_s});
    }
    for (const Redelegation& entry : position.delegation.redelegations)
        out.redelegations.push_back({.id = entry.id,
                                     .source = entry.lien.source,
                                     .amount = tokens_of(position.validator, entry.lien.shares),
                                     .ends_s = entry.lien.ends_s});
    return out;
}

Error unknown(const Consensus& validator) {
    return failure("no validator " + to_hex0x(validator));
}

}  // namespace

Result<ValidatorStatus> GetValidator::view(const State& state, const BlockEnv&) const {
    if (!state.contains(kValidators, validator)) return unknown(validator);
    return describe(state, validator);
}

Result<std::vector<ValidatorStatus>> ListValidators::view(const State& state,
                                                          const BlockEnv&) const {
    if (count == 0 || count > kMaxPage)
        return failure("count: must be 1 to " + std::to_string(kMaxPage));
    std::vector<ValidatorStatus> out;
    auto at = state.next_after(kListing, after);
    for (; at && out.size() < count; at = state.next_after(kListing, at->first))
        out.push_back(describe(state, at->first));
    return out;
}

Result<DelegationStatus> GetDelegation::view(const State& state, const BlockEnv&) const {
    if (!state.contains(kValidators, validator)) return unknown(validator);
    return describe(state, {.delegator = delegator, .validator = validator});
}

Result<std::vector<DelegationStatus>> ListDelegations::view(const State& state,
                                                            const BlockEnv&) const {
    if (count == 0 || count > kMaxPage)
        return failure("count: must be 1 to " + std::to_string(kMaxPage));
    std::vector<DelegationStatus> out;
    auto at = state.next_after(kDelegationListing, {.delegator = delegator, .validator = after});
    for (; at && at->first.delegator == delegator && out.size() < count;
         at = state.next_after(kDelegationListing, at->first))
        out.push_back(describe(state, at->first));
    return out;
}

Result<Totals> GetStakingTotals::view(const State& state, const BlockEnv&) const {
    return state.must_get(kTotals, {});
}

Result<Params> GetStakingParams::view(const State& state, const BlockEnv&) const {
    return state.must_get(kParams, {});
}

}  // namespace assay::staking
