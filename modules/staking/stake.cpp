// Tokens in, tokens out, and the ranking that follows.
#include "modules/staking/stake.hpp"

#include <algorithm>

#include "chain/crypto/hash.hpp"
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/staking/earnings.hpp"
#include "modules/staking/events.hpp"
#include "modules/staking/liens.hpp"
#include "modules/staking/needs.hpp"

namespace assay::staking {

namespace {

const Amount kMostShares = Amount::from_raw(static_cast<u128>(1) << 112U);

// 0: not ranked.
std::uint64_t ranked_power(const State& state, const Validator& validator) {
    if (validator.jailed) return 0;
    return power_of(validator.tokens, state.must_get(kParams, {}).power_unit);
}

Amount part_of(Amount shares, Amount tokens, Amount all_shares) {
    if (shares.is_zero()) return {};
    const auto out = mul_div_floor(shares, tokens, all_shares);
    CHECK(out.has_value());
    return *out;
}

Rank rank_of(std::uint64_t power, const Consensus& validator) {
    return {.lacks = UINT64_MAX - power, .validator = validator};
}

}  // namespace

Consensus consensus_of(ByteView public_key) {
    return ripemd160(sha256(public_key));
}

std::uint64_t power_of(Amount tokens, Amount unit) {
    return Amount::from_raw((tokens.raw() + unit.raw() / 2) / unit.raw()).low();
}

Amount tokens_of(const Validator& validator, Amount shares) {
    return part_of(shares, validator.tokens, validator.shares);
}

std::optional<Amount> shares_for(const Validator& validator, Amount tokens) {
    const auto fresh = validator.shares.is_zero()
                           ? std::optional(tokens)
                           : mul_div_floor(tokens, validator.shares, validator.tokens);
    const auto sum = fresh ? checked_add(validator.shares, *fresh) : std::nullopt;
    if (!sum || *sum > kMostShares) return std::nullopt;
    return fresh;
}

Amount stake_of(const State& state, const DelegationKey& key) {
    if (!state.contains(kValidators, key.validator)) return {};
    const Position position = open_position(state, key.delegator, key.validator);
    return tokens_of(position.validator, position.delegation.shares);
}

void put_validator(State& state, const Validator& validator) {
    const auto before = state.get(kValidators, validator.address);
    const std::uint64_t old_power = before ? ranked_power(state, *before) : 0;
    const std::uint64_t power = ranked_power(state, validator);
    if (!before) state.put(kListing, validator.address, {});
    state.put(kValidators, validator.address, validator);
    if (power == old_power) return;
    if (old_power != 0) state.erase(kRanking, rank_of(old_power, validator.address));
    if (power != 0) state.put(kRanking, rank_of(power, validator.address), {});
    state.put(kRankingMoved, {}, {});
}

void put_delegation(State& state, const DelegationKey& key, const Delegation& delegation) {
    const auto before = state.get(kDelegations, key);
    const bool listed = before.has_value();
    const Amount held = before ? before->shares : Amount{};
    if (held != delegation.shares) needs::shares_changed(state, key, held, delegation.shares);
    if (delegation.shares.is_zero() && delegation.rewards.is_zero() &&
        delegation.unbondings.empty()) {
        state.erase(kDelegations, key);
        if (listed) state.erase(kDelegationListing, key);
        return;
    }
    state.put(kDelegations, key, delegation);
    if (!listed) state.put(kDelegationListing, key, {});
}

Position open_position(const State& state, const Address& delegator, const Consensus& validator) {
    Position out{.key = {.delegator = delegator, .validator = validator},
                 .validator = state.must_get(kValidators, validator),
                 .delegation = {},
                 .totals = state.must_get(kTotals, {}),
                 .settlements = {}};
    out.delegation = state.get_or_default(kDelegations, out.key);
    credit(out.validator, out.totals);
    credit(out.delegation, out.validator);
    settle(state, out);
    return out;
}

void close_position(State& state, const Position& position) {
    put_validator(state, position.validator);
    put_delegation(state, position.key, position.delegation);
    state.put(kTotals, {}, position.totals);
    collect(state, position);
}

void add_shares(Position& position, Amount tokens, Amount shares) {
    position.validator.tokens = sum_of(position.validator.tokens, tokens);
    position.validator.shares = sum_of(position.validator.shares, shares);
    position.delegation.shares = sum_of(position.delegation.shares, shares);
    position.totals.tokens = sum_of(position.totals.tokens, tokens);
}

Amount remove_shares(Position& position, Amount shares) {
    const Amount tokens = tokens_of(position.validator, shares);
    position.validator.tokens = difference_of(position.validator.tokens, tokens);
    position.validator.shares = difference_of(position.validator.shares, shares);
    position.delegation.shares = difference_of(position.delegation.shares, shares);
    position.totals.tokens = difference_of(position.totals.tokens, tokens);
    return tokens;
}

Amount begin_unbonding(State& state, const BlockEnv& block, Position& position, Amount shares) {
    const Params params = state.must_get(kParams, {});
    const Amount tokens = tokens_of(position.validator, shares);
    position.totals.unbonding = sum_of(position.totals.unbonding, tokens);

    const BucketKey at{.validator = position.key.validator,
                       .number = block.time_s / params.bucket_s};
    Bucket bucket = state.get_or_default(kBuckets, at);
    const auto part = bucket.shares.is_zero() ? std::optional(tokens)
                                              : mul_div_floor(tokens, bucket.shares, bucket.tokens);
    CHECK(part.has_value());
    bucket.tokens = sum_of(bucket.tokens, tokens);
    bucket.shares = sum_of(bucket.shares, *part);
    bucket.until_height = block.height + kVotesAfter;
    state.put(kBuckets, at, bucket);

    const auto liens = release(state, position, shares, *part);
    remove_shares(position, shares);
    const std::uint64_t id = position.totals.next_unbonding++;
    const std::uint64_t ends_s = block.time_s + params.unbonding_s;
    state.put(kUnbondings, id,
              {.delegator = position.key.delegator,
               .validator = at.validator,
               .bucket = at.number,
               .shares = *part,
               .ends_s = ends_s,
               .liens = liens});
    position.delegation.unbondings.push_back(id);
    schedule(state, {.time_s = ends_s, .kind = DeadlineKind::stake_unbonds, .id = id});
    emit(state, ModuleId::staking,
         UnbondingBegan{.validator = at.validator,
                        .delegator = position.key.delegator,
                        .unbonding = id,
                        .amount = tokens,
                        .ends_s = ends_s});
    return tokens;
}

Amount payment_of(const State& state, const Unbonding& entry) {
    const Bucket bucket =
        state.must_get(kBuckets, {.validator = entry.validator, .number = entry.bucket});
    Amount out = part_of(entry.shares, bucket.tokens, bucket.shares);
    for (const Loss& loss : losses_of(state, entry, bucket)) out = difference_of(out, loss.tokens);
    return out;
}

void on_stake_unbonds(State& state, const BlockEnv&, std::uint64_t id) {
    const Unbonding entry = state.must_get(kUnbondings, id);
    const BucketKey at{.validator = entry.validator, .number = entry.bucket};
    Bucket bucket = state.must_get(kBuckets, at);
    const Amount tokens = part_of(entry.shares, bucket.tokens, bucket.shares);
    const Amount due = payment_of(state, entry);
    const DelegationKey key{.delegator = entry.delegator, .validator = entry.validator};
    charge(state, key, losses_of(state, entry, bucket));
    bucket.tokens = difference_of(bucket.tokens, tokens);
    bucket.shares = difference_of(bucket.shares, entry.shares);
    if (bucket.shares.is_zero())
        state.erase(kBuckets, at);
    else
        state.put(kBuckets, at, bucket);
    state.erase(kUnbondings, id);

    Totals totals = state.must_get(kTotals, {});
    totals.unbonding = difference_of(totals.unbonding, tokens);
    state.put(kTotals, {}, totals);
    Delegation delegation = state.must_get(kDelegations, key);
    std::erase(delegation.unbondings, id);
    put_delegation(state, key, delegation);
    ledger::move(state, pool::kStake, entry.delegator, due);
    emit(state, ModuleId::staking,
         UnbondingPaid{.validator = entry.validator,
                       .delegator = entry.delegator,
                       .unbonding = id,
                       .amount = due});
}

}  // namespace assay::staking
