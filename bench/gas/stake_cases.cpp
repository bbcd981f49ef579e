// Transfers, jurors' stake, validators and delegations, and the keys of block proofs.
#include "bench/gas/cases.hpp"
#include "modules/bank/transfer.hpp"
#include "modules/beacon/register_vrf_key.hpp"
#include "modules/jurors/messages.hpp"
#include "modules/rewards/views.hpp"
#include "modules/staking/messages.hpp"
#include "modules/staking/stake.hpp"
#include "modules/staking/views.hpp"

namespace assay::bench {

namespace {

using namespace staking;

std::size_t deputy() {
    return static_cast<std::size_t>(Role::deputy);
}

void tell_of_validators(Story& story) {
    story.measure("staking.bond", "", [&](std::size_t lane) {
        const Address sender = person(lane, Role::deputy);
        const auto key = key_of(lane, deputy());
        const auto digest = possession_digest(kChainId, sender);
        return call(sender, ModuleId::staking,
                    Bond{.public_key = consensus_key(lane),
                         .proof = to_bytes(crypto::sign_compact(key, digest)),
                         .fee_recipient = sender,
                         .commission_ppm = 100'000},
                    tokens(100));
    });
    story.chain().sweep();  // they join the set
    story.measure("beacon.registerVrfKey", "", [&](std::size_t lane) {
        const auto key = key_of(lane, static_cast<std::size_t>(Role::waiter));
        const Bytes alpha = beacon::possession_alpha(kChainId, validator_of(lane));
        return call(
            person(lane, Role::deputy), ModuleId::beacon,
            beacon::RegisterVrfKey{.validator = validator_of(lane),
                                   .public_key = to_bytes(crypto::public_key_of(key)->compressed()),
                                   .proof = to_bytes(ecvrf::prove(key, alpha))});
    });
    delegate(story, "", 50, true);
    story.chain().pass(story.ask(rewards::CurrentEpoch{}).ends_s + 1);
    story.chain().sweep();
    story.measure("staking.withdrawRewards", "", [&](std::size_t lane) {
        return call(person(lane, Role::delegator), ModuleId::staking,
                    WithdrawRewards{.validator = validator_of(lane)});
    });
    story.measure("staking.redelegate", "",
                  [&](std::size_t lane) {
                      return call(person(lane, Role::delegator), ModuleId::staking,
                                  Redelegate{.from = validator_of(lane),
                                             .to = validator_of((lane + 1) % story.lanes()),
                                             .amount = tokens(10)});
                  },
                  {"redelegation_ends"});
    story.measure("staking.unbond", "",
                  [&](std::size_t lane) {
                      return call(person(lane, Role::delegator), ModuleId::staking,
                                  Unbond{.validator = validator_of(lane), .amount = tokens(10)});
                  },
                  {"stake_unbonds"});
}

void tell_of_operators(Story& story) {
    story.measure("staking.editValidator", "", [&](std::size_t lane) {
        return call(person(lane, Role::deputy), ModuleId::staking,
                    EditValidator{.validator = validator_of(lane),
                                  .fee_recipient = person(lane, Role::heir),
                                  .commission_ppm = 105'000});
    });
    const Amount all_but_little = difference_of(tokens(100), Amount(kTokenUnits / 2));
    story.measure("staking.unbond", "is jailed",
                  [&](std::size_t lane) {
                      return call(
                          person(lane, Role::deputy), ModuleId::staking,
                          Unbond{.validator = validator_of(lane), .amount = all_but_little});
                  },
                  {"stake_unbonds"});
    story.each([&](std::size_t lane) {
        return call(person(lane, Role::deputy), ModuleId::staking,
                    Delegate{.validator = validator_of(lane)}, tokens(100));
    });
    story.chain().sweep();
    story.chain().advance(20);
    story.measure("staking.unjail", "", [&](std::size_t lane) {
        return call(person(lane, Role::deputy), ModuleId::staking,
                    Unjail{.validator = validator_of(lane)});
    });
    story.chain().sweep();
}

void tell_of_jurors(Story& story) {
    for (std::size_t i = 0; i < kJurorsOfLane; ++i) {
        const auto make = [&](std::size_t lane) {
            return call(juror(lane, i), ModuleId::jurors, jurors::StakeJuror{}, tokens(2'000));
        };
        if (i == 0)
            story.measure("jurors.stakeJuror", "", make);
        else
            story.each(make);
    }
    story.measure("jurors.unstakeJuror", "",
                  [&](std::size_t lane) {
                      return call(juror(lane, 0), ModuleId::jurors,
                                  jurors::UnstakeJuror{.amount = tokens(100)});
                  },
                  {"juror_unbonds"});
}

}  // namespace

Bytes consensus_key(std::size_t lane) {
    return to_bytes(crypto::public_key_of(key_of(lane, deputy()))->compressed());
}

FixedBytes<20> validator_of(std::size_t lane) {
    return consensus_of(consensus_key(lane));
}

void delegate(Story& story, const std::string& what, std::uint64_t amount, bool measured) {
    const auto make = [&](std::size_t lane) {
        return call(person(lane, Role::delegator), ModuleId::staking,
                    Delegate{.validator = validator_of(lane)}, tokens(amount));
    };
    if (measured)
        story.measure("staking.delegate", what, make);
    else
        story.each(make);
}

void tell_of_bank(Story& story) {
    for (const bool exists : {false, true})
        story.measure(
            "bank.transfer", exists ? "to somebody" : "makes an account", [&](std::size_t lane) {
                return call(
                    person(lane, Role::buyer), ModuleId::bank,
                    bank::Transfer{.to = person(lane + story.lanes(), 0), .amount = tokens(1)});
            });
    story.never("bank.approve");
    story.never("bank.transferFrom");
}

void tell_of_stake(Story& story) {
    tell_of_validators(story);
    tell_of_jurors(story);
    story.chain().pass(story.now_s() + 20);
    tell_of_operators(story);
}

}  // namespace assay::bench
