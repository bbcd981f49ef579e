// Walks all records of staking.
#include "modules/staking/invariants.hpp"

#include <algorithm>
#include <map>

#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/staking/earnings.hpp"
#include "modules/staking/stake.hpp"

namespace assay::staking {

namespace {

void expect_equal(const char* rule, const std::string& what, Amount found, Amount expected,
                  std::vector<InvariantFailure>& failures) {
    if (found == expected) return;
    failures.push_back(
        {.rule = rule,
         .what = what + ": " + to_string(found) + ", the records say " + to_string(expected)});
}

// Credited, as if everybody withdrew now.
std::map<Consensus, Validator> all_validators(const State& state) {
    std::map<Consensus, Validator> out;
    const Totals totals = state.get_or_default(kTotals, {});
    state.scan(kValidators, [&](const Consensus& address, Validator validator) {
        credit(validator, totals);
        out[address] = std::move(validator);
    });
    return out;
}

}  // namespace

void check_stake(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    constexpr const char* kRule = "8 stake";
    const Totals totals = state.get_or_default(kTotals, {});
    std::map<Consensus, Amount> shares;
    state.scan(kDelegations, [&](const DelegationKey& key, const Delegation& delegation) {
        shares[key.validator] = sum_of(shares[key.validator], delegation.shares);
    });
    Amount tokens;
    for (const auto& [address, validator] : all_validators(state)) {
        expect_equal(kRule, "shares of " + to_hex0x(address), validator.shares, shares[address],
                     failures);
        if (validator.tokens > validator.shares ||
            validator.tokens.is_zero() != validator.shares.is_zero())
            failures.push_back({.rule = kRule, .what = "tokens of " + to_hex0x(address)});
        tokens = sum_of(tokens, validator.tokens);
    }
    Amount unbonding;
    state.scan(kBuckets, [&](const BucketKey&, const Bucket& bucket) {
        unbonding = sum_of(unbonding, bucket.tokens);
    });
    expect_equal(kRule, "total stake", totals.tokens, tokens, failures);
    expect_equal(kRule, "total unbonding", totals.unbonding, unbonding, failures);
    expect_equal(kRule, "the pool of stake", ledger::balance(state, pool::kStake),
                 sum_of(tokens, unbonding), failures);
}

void check_earnings(const State& state, const StateReader&,
                    std::vector<InvariantFailure>& failures) {
    constexpr const char* kRule = "9 validators' earnings";
    const Amount owed = state.get_or_default(kTotals, {}).rewards_owed;
    const auto validators = all_validators(state);
    Amount due;
    for (const auto& [address, validator] : validators) due = sum_of(due, validator.commission);
    state.scan(kDelegations, [&](const DelegationKey& key, Delegation delegation) {
        credit(delegation, validators.at(key.validator));
        due = sum_of(due, delegation.rewards);
    });
    if (due > owed)
        failures.push_back(
            {.rule = kRule, .what = to_string(due) + " due, owed " + to_string(owed)});
    if (owed > ledger::balance(state, pool::kValidators))
        failures.push_back({.rule = kRule, .what = "the pool holds less than " + to_string(owed)});
}

void check_set(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    constexpr const char* kRule = "10 validator set";
    const auto params = state.get(kParams, {});
    if (!params) return;
    const auto set = state.get_or_default(kSet, {});
    std::uint64_t power = 0;
    std::size_t ranked = 0;
    for (const auto& [address, validator] : all_validators(state)) {
        const bool inside = std::binary_search(set.begin(), set.end(), address);
        if (inside != (validator.power != 0))
            failures.push_back({.rule = kRule, .what = to_hex0x(address) + " and its seat"});
        power += validator.power;
        const std::uint64_t merits =
            validator.jailed ? 0 : power_of(validator.tokens, params->power_unit);
        if (merits == 0) continue;
        ++ranked;
        if (!state.contains(kRanking, {.lacks = UINT64_MAX - merits, .validator = address}))
            failures.push_back({.rule = kRule, .what = to_hex0x(address) + " is not ranked"});
        if (inside && validator.power != merits)
            failures.push_back({.rule = kRule, .what = to_hex0x(address) + " and its power"});
    }
    std::size_t ranks = 0;
    state.scan(kRanking, [&](const Rank&, const Nothing&) { ++ranks; });
    expect_equal(kRule, "ranks", Amount(ranks), Amount(ranked), failures);
    if (ranked != 0)
        expect_equal(kRule, "seats", Amount(set.size()),
                     Amount(std::min<std::size_t>(ranked, params->max_validators)), failures);
    expect_equal(kRule, "power of the set", Amount(state.get_or_default(kTotals, {}).power),
                 Amount(power), failures);
    if (state.contains(kRankingMoved, {}))
        failures.push_back({.rule = kRule, .what = "the ranking moved and nobody decided"});
}

void check_leaving(const State& state, const StateReader&,
                   std::vector<InvariantFailure>& failures) {
    constexpr const char* kRule = "11 stake that leaves";
    std::map<std::pair<Consensus, std::uint64_t>, Amount> shares;
    state.scan(kUnbondings, [&](std::uint64_t id, const Unbonding& entry) {
        const DelegationKey key{.delegator = entry.delegator, .validator = entry.validator};
        const auto ids = state.get_or_default(kDelegations, key).unbondings;
        auto& sum = shares[{entry.validator, entry.bucket}];
        sum = sum_of(sum, entry.shares);
        if (std::count(ids.begin(), ids.end(), id) == 1 &&
            is_scheduled(state,
                         {.time_s = entry.ends_s, .kind = DeadlineKind::stake_unbonds, .id = id}))
            return;
        failures.push_back({.rule = kRule, .what = "unbonding " + std::to_string(id)});
    });
    state.scan(kBuckets, [&](const BucketKey& key, const Bucket& bucket) {
        expect_equal(kRule, "shares of a bucket of " + to_hex0x(key.validator), bucket.shares,
                     shares[{key.validator, key.number}], failures);
    });
}

void check_moved(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    constexpr const char* kRule = "12 stake that moved";
    const std::size_t most = state.get_or_default(kParams, {}).max_redelegations;
    std::uint64_t found = 0;
    std::uint64_t delegations = 0;
    state.scan(kDelegations, [&](const DelegationKey& key, const Delegation& delegation) {
        ++delegations;
        found += delegation.redelegations.size();
        Amount liened;
        bool good =
            state.contains(kDelegationListing, key) && delegation.redelegations.size() <= most;
        for (const Redelegation& entry : delegation.redelegations) {
            liened = sum_of(liened, entry.lien.shares);
            const auto place = state.get(kRedelegations, entry.id);
            good = good && place && place->delegator == key.delegator &&
                   place->validator == key.validator && entry.lien.source != key.validator &&
                   is_scheduled(state, {.time_s = entry.lien.ends_s,
                                        .kind = DeadlineKind::redelegation_ends,
                                        .id = entry.id});
        }
        if (good && liened <= delegation.shares) return;
        failures.push_back({.rule = kRule, .what = "delegation of " + to_hex0x(key.delegator)});
    });
    state.scan(kUnbondings, [&](std::uint64_t id, const Unbonding& entry) {
        Amount liened;
        for (const Lien& lien : entry.liens) liened = sum_of(liened, lien.shares);
        if (liened > entry.shares)
            failures.push_back({.rule = kRule, .what = "unbonding " + std::to_string(id)});
    });
    std::uint64_t redelegations = 0;
    std::uint64_t listed = 0;
    state.scan(kRedelegations, [&](std::uint64_t, const DelegationKey&) { ++redelegations; });
    state.scan(kDelegationListing, [&](const DelegationKey&, const Nothing&) { ++listed; });
    expect_equal(kRule, "redelegations", Amount(redelegations), Amount(found), failures);
    expect_equal(kRule, "listed delegations", Amount(listed), Amount(delegations), failures);
}

}  // namespace assay::staking
