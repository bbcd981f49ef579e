// What operators and delegators do.
#include "modules/beacon/register_vrf_key.hpp"
#include "modules/staking/messages.hpp"
#include "modules/staking/stake.hpp"
#include "tests/support/player/acts.hpp"

namespace assay::test {

namespace {

using staking::Consensus;

std::uint8_t any_key(Stage& stage) {
    return static_cast<std::uint8_t>(stage.choices.below(kConsensusKeys));
}

// One that exists and fits, mostly.
template <class Fits>
Consensus validator_that(Stage& stage, const Fits& fits) {
    std::uint8_t key = any_key(stage);
    for (std::uint8_t i = 0; i < kConsensusKeys; ++i) {
        const auto found = stage.state().get(staking::kValidators, consensus_address(key));
        if (found && fits(*found)) break;
        key = static_cast<std::uint8_t>((key + 1) % kConsensusKeys);
    }
    return consensus_address(key);
}

Consensus some_validator(Stage& stage) {
    return validator_that(stage, [](const staking::Validator& each) { return !each.tombstoned; });
}

Address operator_of(Stage& stage, const Consensus& validator) {
    const auto found = stage.state().get(staking::kValidators, validator);
    return found ? found->operator_account : stage.anybody();
}

// Where somebody has stake: a delegation of a random actor or of the next who has one.
staking::DelegationKey some_delegation(Stage& stage) {
    const staking::DelegationKey from{.delegator = stage.anybody(), .validator = {}};
    auto at = stage.state().next_after(staking::kDelegationListing, from);
    if (!at) at = stage.state().first(staking::kDelegationListing);
    return at ? at->first : staking::DelegationKey{from.delegator, some_validator(stage)};
}

// All of it, half of it, or some other amount.
Amount part_of_stake(Stage& stage, const staking::DelegationKey& key) {
    const Amount held = staking::stake_of(stage.state(), key);
    switch (stage.choices.below(6)) {
        case 0: return stage.nearly(held);
        case 1: return stage.amount();
        case 2: return *mul_div_floor(held, Amount(1), Amount(2));
        default: return min_of(held, stage.thousandths(200));
    }
}

Bytes possession_of(std::uint8_t key, std::uint8_t who) {
    static std::map<std::pair<std::uint8_t, std::uint8_t>, Bytes> made;
    Bytes& proof = made[{key, who}];
    if (proof.empty())
        proof = to_bytes(crypto::sign_compact(
            consensus_keys(key).secret, staking::possession_digest(kWiredChainId, actor(who))));
    return proof;
}

Bytes vrf_possession_of(std::uint8_t vrf_key, const Consensus& validator) {
    static std::map<std::pair<std::uint8_t, Consensus>, Bytes> made;
    Bytes& proof = made[{vrf_key, validator}];
    if (proof.empty())
        proof = to_bytes(ecvrf::prove(vrf_keys(vrf_key).secret,
                                      beacon::possession_alpha(kWiredChainId, validator)));
    return proof;
}

std::uint32_t some_commission(Stage& stage) {
    return stage.choices.one_in(24) ? 1'000'001 + stage.choices.below(2)
                                    : stage.choices.below(200) * 997U;
}

}  // namespace

void bond(Stage& stage) {
    std::uint8_t key = any_key(stage);
    for (std::uint8_t i = 0; i < kConsensusKeys && !stage.choices.one_in(16); ++i) {
        if (!stage.state().contains(staking::kValidators, consensus_address(key))) break;
        key = static_cast<std::uint8_t>((key + 1) % kConsensusKeys);
    }
    const auto who = static_cast<std::uint8_t>(stage.choices.below(kActors));
    staking::Bond message{.public_key = to_bytes(consensus_keys(key).compressed),
                          .proof = possession_of(key, who),
                          .fee_recipient = stage.anybody(),
                          .commission_ppm = some_commission(stage)};
    if (stage.choices.one_in(24)) message.proof[stage.choices.below(64)] ^= 1;
    stage.send(actor(who), ModuleId::staking, message,
               stage.choices.one_in(8)
                   ? stage.amount()
                   : Amount(kTokenUnits + kTokenUnits / 100 * stage.choices.below(250)));
}

void delegate(Stage& stage) {
    stage.send(stage.anybody(), ModuleId::staking,
               staking::Delegate{.validator = some_validator(stage)},
               stage.choices.one_in(8) ? stage.amount() : stage.thousandths(250));
}

void unbond(Stage& stage) {
    const auto key = some_delegation(stage);
    stage.send(stage.mostly(key.delegator), ModuleId::staking,
               staking::Unbond{.validator = key.validator, .amount = part_of_stake(stage, key)});
}

void redelegate(Stage& stage) {
    const auto key = some_delegation(stage);
    const Consensus to = validator_that(stage, [&](const staking::Validator& each) {
        return !each.tombstoned && each.address != key.validator;
    });
    stage.send(
        stage.mostly(key.delegator), ModuleId::staking,
        staking::Redelegate{.from = key.validator, .to = to, .amount = part_of_stake(stage, key)});
}

void withdraw_rewards(Stage& stage) {
    const auto key = some_delegation(stage);
    stage.send(stage.mostly(key.delegator), ModuleId::staking,
               staking::WithdrawRewards{.validator = key.validator});
}

void unjail(Stage& stage) {
    const Consensus validator = validator_that(stage, [&](const staking::Validator& each) {
        return each.jailed && !each.tombstoned && each.jailed_until_s <= stage.now_s();
    });
    stage.send(stage.mostly(operator_of(stage, validator)), ModuleId::staking,
               staking::Unjail{.validator = validator});
}

void edit_validator(Stage& stage) {
    const Consensus validator = some_validator(stage);
    const auto before = stage.state().get(staking::kValidators, validator);
    const std::uint32_t commission = before && stage.choices.below(3) != 0
                                         ? before->commission_ppm + stage.choices.below(200) * 53U
                                         : some_commission(stage);
    stage.send(stage.mostly(operator_of(stage, validator)), ModuleId::staking,
               staking::EditValidator{.validator = validator,
                                      .fee_recipient = stage.anybody(),
                                      .commission_ppm = commission});
}

void register_vrf_key(Stage& stage) {
    const Consensus validator = some_validator(stage);
    const auto key = static_cast<std::uint8_t>(stage.choices.below(kVrfKeys));
    beacon::RegisterVrfKey message{.validator = validator,
                                   .public_key = to_bytes(vrf_keys(key).compressed),
                                   .proof = vrf_possession_of(key, validator)};
    if (stage.choices.one_in(24)) message.proof[stage.choices.below(81)] ^= 1;
    stage.send(stage.mostly(operator_of(stage, validator)), ModuleId::beacon, message);
}

}  // namespace assay::test
