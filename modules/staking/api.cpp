// The genesis set, and who speaks for a validator.
#include "modules/staking/api.hpp"

#include <algorithm>

#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/staking/stake.hpp"

namespace assay::staking {

void init(State& state, const Params& params) {
    state.put(kParams, {}, params);
    state.put(kTotals, {}, {});
}

void init_validator(State& state, const FixedBytes<33>& public_key, std::uint64_t power,
                    const Address& operator_account) {
    const auto tokens = checked_mul(state.must_get(kParams, {}).power_unit, Amount(power));
    CHECK(tokens.has_value());
    const Consensus address = consensus_of(public_key);
    ledger::grant_at_genesis(state, pool::kStake, *tokens);
    put_validator(state, {.address = address,
                          .public_key = to_bytes(public_key),
                          .operator_account = operator_account,
                          .fee_recipient = operator_account});
    Position position = open_position(state, operator_account, address);
    add_shares(position, *tokens, *tokens);
    position.validator.power = power;
    position.totals.power += power;
    close_position(state, position);
    auto set = state.get_or_default(kSet, {});
    set.insert(std::lower_bound(set.begin(), set.end(), address), address);
    state.put(kSet, {}, set);
    state.erase(kRankingMoved, {});  // consensus begins with this set
}

std::optional<Address> operator_of(const State& state, const FixedBytes<20>& address) {
    const auto validator = state.get(kValidators, address);
    if (!validator) return std::nullopt;
    return validator->operator_account;
}

std::vector<SetStake> stakes_of_set(const State& state) {
    std::vector<SetStake> out;
    for (const Consensus& address : state.get_or_default(kSet, {})) {
        const Validator validator = state.must_get(kValidators, address);
        out.push_back(
            {.validator = address, .tokens = validator.tokens, .shares = validator.shares});
    }
    return out;
}

Amount shares_of(const State& state, const Address& delegator, const FixedBytes<20>& validator) {
    return state.get_or_default(kDelegations, {.delegator = delegator, .validator = validator})
        .shares;
}

void change_params(State& state, const Params& after) {
    const Params before = state.must_get(kParams, {});
    if (record::encode(before) == record::encode(after)) return;
    state.put(kParams, {}, after);
    if (before.max_validators != after.max_validators) state.put(kRankingMoved, {}, {});
}

}  // namespace assay::staking
