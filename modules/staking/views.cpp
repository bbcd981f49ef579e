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
    const Position position = open_position(state, delegator, validator);
    DelegationStatus out{.stake = tokens_of(position.validator, position.delegation.shares),
                         .shares = position.delegation.shares,
                         .rewards = position.delegation.rewards,
                         .unbondings = {}};
    for (const std::uint64_t id : position.delegation.unbondings) {
        const Unbonding entry = state.must_get(kUnbondings, id);
        const Bucket bucket =
            state.must_get(kBuckets, {.validator = validator, .number = entry.bucket});
        const auto amount = mul_div_floor(entry.shares, bucket.tokens, bucket.shares);
        CHECK(amount.has_value());
        out.unbondings.push_back({.id = id, .amount = *amount, .ends_s = entry.ends_s});
    }
    return out;
}

Result<Totals> GetStakingTotals::view(const State& state, const BlockEnv&) const {
    return state.must_get(kTotals, {});
}

Result<Params> GetStakingParams::view(const State& state, const BlockEnv&) const {
    return state.must_get(kParams, {});
}

}  // namespace assay::staking
