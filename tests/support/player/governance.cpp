// What voters do. Parameters change under objects that live.
#include "modules/governance/messages.hpp"
#include "modules/governance/views.hpp"
#include "tests/support/player/acts.hpp"

namespace assay::test {

namespace {

using governance::ParamChange;

struct Range {
    const char* name;
    std::uint64_t least;
    std::uint64_t most;
};

constexpr std::uint64_t kMilli = kTokenUnits / 1'000;
constexpr Range kRanges[] = {
    {"market.feePpm", 1, 200'000},
    {"market.holdbackPpm", 0, 300'000},
    {"market.cancelFeePpm", 0, 50'000},
    {"market.buyerBondPpm", 0, 300'000},
    {"market.contributorBondPpm", 300'000, 900'000},
    {"market.challengeWindowS", 10, 20},
    {"market.revealWindowS", 10, 40},
    {"market.holdbackS", 1, 60},
    {"market.openWindowS", 1, 5},
    {"market.unbondedMaxItems", 1, 5},
    {"market.relayPremiumPpm", 0, 500'000},
    {"market.minOpeningBond", kMilli / 10, kMilli * 10},
    {"market.maxLiveSubmissions", 3, 30},
    {"disputes.challengeBondPpm", 180'000, 900'000},
    {"disputes.joinBondPpm", 1, 500'000},
    {"disputes.reviewPpm", 0, 1'000'000},
    {"disputes.poolFeesPpm", 0, 340'000},
    {"disputes.lostBondToWinnerPpm", 0, 690'000},
    {"disputes.penaltyToCoherentPpm", 0, 1'000'000},
    {"disputes.juryFee", kMilli * 50, kMilli * 200},
    {"rewards.muPpm", 0, 950'000},
    {"rewards.epochS", 3, 20},
    {"rewards.vestingS", 1, 120},
    {"rewards.atOncePpm", 0, 1'000'000},
    {"jurors.maxSeats", 1, 4},
    {"jurors.suspensionEpochs", 0, 2},
    {"staking.maxValidators", 1, 6},
    {"staking.minDelegation", 1, kMilli * 4},
    {"staking.doubleSignPpm", 0, 500'000},
    {"staking.absencePpm", 0, 100'000},
    {"staking.maxUnbondings", 1, 7},
    {"staking.unbondingS", 40, 60},
    {"governance.votingS", 4, 20},
    {"governance.timelockS", 2, 10},
    {"governance.maxOpen", 2, 8},
    {"governance.quorumPpm", 100'000, 500'000},
    {"governance.deposit", kMilli, kMilli * 9'000},
    {"beacon.epochBlocks", 1, 6},
    {"fees.minBaseFee", 1, 1'000'000'000},
    {"fees.elasticity", 1, 16},
};
// Refused each: fixed, not there, not a number.
constexpr const char* kRefused[] = {"staking.powerUnit", "jurors.minStake", "market.nothing",
                                    "fees.blockGasLimit"};

ParamChange some_change(Stage& stage) {
    Choices& choices = stage.choices;
    if (choices.one_in(24)) return {kRefused[choices.below(4)], std::to_string(choices.byte())};
    const Range& range = kRanges[choices.byte() % std::size(kRanges)];
    const std::uint64_t value = range.least + choices.number() % (range.most - range.least + 1);
    if (choices.one_in(24)) return {range.name, "-1"};
    return {range.name, std::to_string(value)};
}

std::uint64_t proposal_in(Stage& stage, governance::Status status) {
    return stage.fitting(governance::kProposals, [&](const governance::Proposal& each) {
        const bool over = each.deadline_s <= stage.now_s();
        return each.status == status && over == (status == governance::Status::timelock);
    });
}

Amount deposit(Stage& stage) {
    return stage.nearly(stage.chain.ask(governance::QuotePropose{}));
}

// What an operator says for its validator.
void vote_as_operators(Stage& stage, std::uint64_t id, governance::Choice choice) {
    for (const auto& address : stage.state().get_or_default(staking::kSet, {})) {
        if (stage.choices.below(5) == 0) continue;
        const auto who = stage.state().must_get(staking::kValidators, address).operator_account;
        stage.send(stage.mostly(who), ModuleId::governance,
                   governance::Vote{.proposal = id, .choice = choice, .validators = {address}});
    }
}

void vote_as_delegator(Stage& stage, std::uint64_t id, governance::Choice choice) {
    const staking::DelegationKey from{.delegator = stage.anybody(), .validator = {}};
    governance::Vote message{.proposal = id, .choice = choice, .validators = {}};
    auto at = stage.state().next_after(staking::kDelegationListing, from);
    const Address who = at ? at->first.delegator : from.delegator;
    for (; at && at->first.delegator == who && message.validators.size() < 3;
         at = stage.state().next_after(staking::kDelegationListing, at->first))
        message.validators.push_back(at->first.validator);
    if (stage.choices.one_in(16)) message.validators.push_back(consensus_address(6));
    stage.send(who, ModuleId::governance, message);
}

}  // namespace

void propose_params(Stage& stage) {
    governance::ProposeParams message{.title = "Numbers", .details_uri = {}, .changes = {}};
    for (std::uint32_t i = 0; i <= stage.choices.below(3); ++i)
        message.changes.push_back(some_change(stage));
    stage.send(stage.anybody(), ModuleId::governance, message, deposit(stage));
}

void propose_grant(Stage& stage) {
    const Amount held = stage.chain.balance(pool::kTreasury);
    const Amount some = stage.thousandths(200);
    stage.send(
        stage.anybody(), ModuleId::governance,
        governance::ProposeGrant{.title = "A grant",
                                 .details_uri = {},
                                 .recipient = stage.anybody(),
                                 .amount = stage.choices.below(3) == 0 ? stage.nearly(held) : some},
        deposit(stage));
}

void propose_upgrade(Stage& stage) {
    const std::uint64_t height = stage.chain.block().height + stage.choices.below(30);
    governance::ProposeUpgrade message{.title = "Rules",
                                       .details_uri = {},
                                       .height = height,
                                       .name = "v" + std::to_string(stage.choices.below(4)),
                                       .info_hash = stage.hash()};
    if (stage.choices.below(4) == 0) {
        message.height = 0;
        message.name.clear();
    }
    stage.send(stage.anybody(), ModuleId::governance, message, deposit(stage));
}

void vote_on_proposal(Stage& stage) {
    const std::uint64_t id = proposal_in(stage, governance::Status::voting);
    const auto choice = static_cast<governance::Choice>(
        stage.choices.below(4) != 0 ? 1
                                    : stage.choices.below(stage.choices.one_in(16) ? 6 : 4) + 1);
    if (stage.choices.below(4) != 0)
        vote_as_operators(stage, id, choice);
    else
        vote_as_delegator(stage, id, choice);
}

void execute_proposal(Stage& stage) {
    const std::uint64_t id = proposal_in(stage, governance::Status::timelock);
    stage.send(stage.anybody(), ModuleId::governance, governance::Execute{.proposal = id});
}

}  // namespace assay::test
