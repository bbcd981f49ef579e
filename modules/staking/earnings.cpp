// Rounding always leaves the remainder in the pool.
#include "modules/staking/earnings.hpp"

#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"

namespace assay::staking {

namespace {

constexpr Amount kPowerScale = Amount(1ULL << 32U);
const Amount kShareScale = Amount::from_raw(static_cast<u128>(1) << 64U);
// Fewer shares would overflow the accumulator if they earned the whole supply.
constexpr Amount kFewestShares = Amount(1ULL << 32U);

Amount scaled(Amount a, Amount b, Amount c) {
    const auto out = mul_div_floor(a, b, c);
    CHECK(out.has_value());
    return *out;
}

}  // namespace

void distribute(State& state) {
    Totals totals = state.get_or_default(kTotals, {});
    const Amount held = ledger::balance(state, pool::kValidators);
    if (totals.power == 0 || held == totals.rewards_owed) return;
    const Amount fresh = difference_of(held, totals.rewards_owed);
    const Amount each = scaled(fresh, kPowerScale, Amount(totals.power));
    if (each.is_zero()) return;
    const auto given = mul_div_ceil(each, Amount(totals.power), kPowerScale);
    CHECK(given && *given <= fresh);
    totals.reward_per_power = sum_of(totals.reward_per_power, each);
    totals.rewards_owed = sum_of(totals.rewards_owed, *given);
    state.put(kTotals, {}, totals);
}

void credit(Validator& validator, const Totals& totals) {
    const Amount since = difference_of(totals.reward_per_power, validator.reward_from);
    validator.reward_from = totals.reward_per_power;
    const Amount earned = scaled(since, Amount(validator.power), kPowerScale);
    if (earned.is_zero()) return;
    const bool few = validator.shares < kFewestShares;
    const Amount commission = few ? earned : ppm_ceil(earned, validator.commission_ppm);
    validator.commission = sum_of(validator.commission, commission);
    if (few) return;
    validator.reward_per_share =
        sum_of(validator.reward_per_share,
               scaled(difference_of(earned, commission), kShareScale, validator.shares));
}

void credit(Delegation& delegation, const Validator& validator) {
    const Amount since = difference_of(validator.reward_per_share, delegation.reward_from);
    delegation.reward_from = validator.reward_per_share;
    delegation.rewards = sum_of(delegation.rewards, scaled(delegation.shares, since, kShareScale));
}

}  // namespace assay::staking
