// Numbers that round, and waits short enough that most of them end within a play.
#include "tests/support/player/genesis.hpp"

#include "modules/beacon/keys.hpp"
#include "tests/support/player/actors.hpp"

namespace assay::test {

namespace {

void make_odd(ModuleParams& params) {
    auto& market = params.market;
    auto& disputes = params.disputes;
    auto& rewards = params.rewards;
    market.fee_ppm = 33'337;
    market.fee_split = {.burned_ppm = 333'331,
                        .validators_ppm = 222'227,
                        .jurors_ppm = 111'119,
                        .insurance_ppm = 99'991,
                        .treasury_ppm = 233'332};
    market.slash_split = {.challenger_ppm = 399'989, .buyer_ppm = 250'007, .burned_ppm = 350'004};
    market.buyer_bond_ppm = 77'773;
    market.contributor_bond_ppm = 349'981;
    market.holdback_ppm = 123'457;
    market.cancel_fee_ppm = 7'919;
    market.holdback_s = 97;
    market.relay_premium_ppm = 99'989;
    market.sample_items = 5;  // so few that work is paid in part
    market.defects_forgiven = 1;
    market.defects_rejected = 4;
    market.defect_weight_ppm = 2'000'041;  // one more than three, four and five divide
    market.tiers.t1.collateral_ppm = 900'007;
    market.tiers.t2.collateral_ppm = 1'800'011;
    market.tiers.t3.collateral_ppm = 2'500'009;
    market.tiers.t4.collateral_ppm = 3'600'001;
    market.insurance.coverage_ppm = 499'979;
    market.insurance.buyer_share_ppm = 899'981;
    market.insurance.epoch_share_ppm = 99'991;
    market.grader_fee = Amount(kTokenUnits / 20 + 7);
    market.grader_penalty_ppm = 3'000'017;
    disputes.lost_bond_to_winner_ppm = 499'979;
    disputes.penalty_to_coherent_ppm = 699'967;
    disputes.review_ppm = 299'993;
    params.jurors.max_seats = 3;
    rewards.epoch_s = 7;
    rewards.mu_ppm = 949'999;
    rewards.split = {.contributors_ppm = 799'999, .jurors_ppm = 100'003, .treasury_ppm = 99'998};
    rewards.at_once_ppm = 249'989;
    rewards.vesting_s = 53;
    params.staking.absence_ppm = 1'003;
    params.staking.double_sign_ppm = 49'999;
    params.staking.commission_step_ppm = 99'991;
}

}  // namespace

WiredGenesis played_genesis(Choices& choices) {
    WiredGenesis out;
    out.people = all_actors();
    auto& params = out.params;
    params.staking.window_blocks = 12;
    params.staking.unbonding_s = 40;
    params.staking.bucket_s = 4;
    params.staking.max_validators = 4;
    params.market.challenge_window_s = 30;
    params.market.reveal_window_s = 9;
    params.market.unbonded_reveal_s = 8;
    params.market.gold_window_s = 12;
    params.market.answer_s = 12;
    params.market.grader_commit_s = 6;
    params.market.grader_reveal_s = 6;
    // Two buyers make a tier, and a few tokens of burned fees the score.
    params.reputation.full_burn = Amount(kTokenUnits / 10);
    params.reputation.counterparty_cap_ppm = 500'000;
    params.reputation.buyer_counts_ppm = 1'000;
    params.reputation.t1 = {.score_ppm = 2'000, .buyers = 2, .stake = Amount(1)};
    params.reputation.t2 = {.score_ppm = 20'000, .buyers = 2, .stake = Amount(1)};
    params.reputation.t3 = {.score_ppm = 100'000, .buyers = 2, .stake = Amount(1)};
    params.reputation.t4 = {.score_ppm = 300'000, .buyers = 2, .stake = Amount(1)};
    params.governance.voting_s = 12;
    params.governance.timelock_s = 6;
    params.beacon.epoch_blocks = 4;
    if (choices.below(2) != 0) make_odd(params);
    CHECK(validate(params));
    const std::uint64_t uneven = 1 + choices.below(97);
    out.more = [uneven](State& state) {
        for (std::uint8_t i = 0; i < kGenesisValidators; ++i)
            init_validator(state, consensus_keys(i).compressed, 12U - 2U * i, actor(i));
        // A proposer who already missed most of what is charged together.
        for (std::uint8_t i = 0; i < 2; ++i) {
            init_vrf_key(state, consensus_address(i), vrf_keys(i).compressed);
            auto keys = state.must_get(beacon::kVrfKeys, consensus_address(i));
            keys.missed = 90 + i * 4U;
            state.put(beacon::kVrfKeys, consensus_address(i), keys);
        }
        ledger::grant_at_genesis(state, pool::kTreasury,
                                 Amount(kTokenUnits * 3 + uneven * 1'000'003));
        ledger::grant_at_genesis(state, pool::kJurorFees, Amount(kTokenUnits * 2 + uneven));
    };
    return out;
}

}  // namespace assay::test
