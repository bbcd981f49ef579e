// Gathers the modules' parameters.
#include "modules/wiring/params.hpp"

#include "modules/beacon/api.hpp"
#include "modules/market/audit_money.hpp"
#include "modules/staking/api.hpp"

namespace assay {

namespace {

// Of a burned order fee, for the contributor whose work burned it.
std::uint32_t most_minted_ppm(const rewards::Params& params) {
    const std::uint64_t product = std::uint64_t{params.mu_ppm} * params.split.contributors_ppm;
    return static_cast<std::uint32_t>((product + kPpm - 1) / kPpm);
}

}  // namespace

Result<void> validate(const ModuleParams& params) {
    if (auto good = market::validate(params.market); !good) return good;
    if (auto good = disputes::validate(params.disputes); !good) return good;
    if (auto good = jurors::validate(params.jurors); !good) return good;
    if (auto good = rewards::validate(params.rewards); !good) return good;
    if (auto good = beacon::validate(params.beacon); !good) return good;
    if (auto good = staking::validate(params.staking); !good) return good;
    if (auto good = governance::validate(params.governance); !good) return good;
    if (auto good = reputation::validate(params.reputation); !good) return good;
    if (auto good = governance::validate_unbonding(params.staking.unbonding_s,
                                                   params.governance.timelock_s);
        !good)
        return good;
    if (auto good = jurors::validate_seat_lock(params.jurors.min_stake,
                                               disputes::largest_seat_lock(params.disputes));
        !good)
        return good;
    if (auto good =
            jurors::validate_seat_lock(params.jurors.min_stake, market::grader_lock(params.market));
        !good)
        return good;
    if (auto good = market::validate_open_window(params.market, params.disputes.evidence_s); !good)
        return good;
    if (auto good = market::validate_collateral(
            params.market, {.minted_ppm = most_minted_ppm(params.rewards),
                            .lost_bond_ppm = disputes::lost_bond_ppm(params.disputes)});
        !good)
        return good;
    if (auto good =
            disputes::validate_largest_value(params.disputes, params.market.largest_submission,
                                             market::largest_collateral_ppm(params.market));
        !good)
        return good;
    const market::SlashSplit& slash = params.market.slash_split;
    if (auto good = disputes::validate_challenge_bond(params.disputes.challenge_bond_ppm,
                                                      slash.challenger_ppm);
        !good)
        return good;
    return disputes::validate_pool_share(params.disputes.pool_fees_ppm, slash.burned_ppm);
}

// An appeal to the last panel, 9.8 million gas, must fit a block.
Result<void> validate(const FeeParams& fees) {
    if (fees.block_gas_limit < 10'000'000 || fees.block_gas_limit > 1ULL << 40)
        return failure("fees.blockGasLimit must be 10^7 to 2^40");
    if (fees.elasticity < 1 || fees.elasticity > 16)
        return failure("fees.elasticity must be 1 to 16");
    if (fees.base_fee_change_denominator < 2 || fees.base_fee_change_denominator > 1'000)
        return failure("fees.baseFeeChangeDenominator must be 2 to 1000");
    if (fees.min_base_fee.is_zero() || fees.min_base_fee > fees.initial_base_fee ||
        fees.initial_base_fee > kMaxBaseFee)
        return failure("fees: 0 < minBaseFee <= initialBaseFee <= 2^80");
    return {};
}

ModuleParams devnet_params() {
    return {.market = market::devnet_params(),
            .disputes = disputes::devnet_params(),
            .jurors = jurors::devnet_params(),
            .rewards = rewards::devnet_params(),
            .beacon = beacon::devnet_params(),
            .staking = staking::devnet_params(),
            .governance = governance::devnet_params(),
            .reputation = reputation::devnet_params()};
}

void init_modules(State& state, const ModuleParams& params, std::uint64_t genesis_time_s) {
    beacon::init(state, params.beacon, genesis_time_s);
    market::init(state, params.market);
    disputes::init(state, params.disputes);
    jurors::init(state, params.jurors);
    rewards::init(state, params.rewards, genesis_time_s);
    staking::init(state, params.staking);
    governance::init(state, params.governance);
    reputation::init(state, params.reputation);
}

void init_validator(State& state, const FixedBytes<33>& public_key, std::uint64_t power,
                    const Address& operator_account) {
    staking::init_validator(state, public_key, power, operator_account);
}

void init_vrf_key(State& state, const FixedBytes<20>& validator, const ecvrf::PublicKey& key) {
    beacon::init_key(state, validator, key);
}

}  // namespace assay
