// Proposals of each kind, votes of one validator and of many, and the deeds.
#include "bench/gas/cases.hpp"
#include "modules/governance/messages.hpp"
#include "modules/governance/views.hpp"
#include "modules/rewards/views.hpp"
#include "modules/staking/messages.hpp"

namespace assay::bench {

namespace {

using namespace governance;

constexpr std::size_t kOfAKind = kMostOpen / 4;

// Others in every lane, so that each proposal changes something.
std::vector<ParamChange> changes(std::size_t count, std::size_t lane) {
    struct Base {
        const char* name;
        std::uint64_t value;
    };
    constexpr Base kAll[kMaxChanges] = {
        {"market.revealWindowS", 61},    {"market.holdbackS", 601},
        {"market.feePpm", 50'001},       {"market.maxLiveSubmissions", 99'000},
        {"market.cancelFeePpm", 10'001}, {"market.goldWindowS", 51},
        {"market.answerS", 51},          {"market.minOrderS", 6},
        {"disputes.appealS", 31},        {"disputes.commitS", 31},
        {"disputes.revealS", 31},        {"rewards.muPpm", 790'000},
        {"staking.jailS", 11},           {"staking.maxUnbondings", 8},
        {"staking.maxRedelegations", 8}, {"governance.quorumPpm", 390'000}};
    std::vector<ParamChange> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back({kAll[i].name, std::to_string(kAll[i].value + lane)});
    return out;
}

class GovernanceTale {
  public:
    explicit GovernanceTale(Story& story)
        : story_(story),
          of_a_kind_(std::min(story.lanes(), kOfAKind)),
          deposit_(story.ask(GetGovernanceParams{}).deposit) {}

    void proposals() {
        propose("governance.proposeParams", "1 change", [](std::size_t lane) {
            return ProposeParams{
                .title = "One", .details_uri = "ipfs://x", .changes = changes(1, 16 + lane)};
        });
        propose("governance.proposeParams", "16 changes", [](std::size_t lane) {
            return ProposeParams{
                .title = "Many", .details_uri = "ipfs://x", .changes = changes(kMaxChanges, lane)};
        });
        propose("governance.proposeGrant", "", [](std::size_t lane) {
            return ProposeGrant{.title = "A grant",
                                .details_uri = "ipfs://x",
                                .recipient = person(lane, Role::heir),
                                .amount = tokens(1)};
        });
        propose("governance.proposeUpgrade", "", [](std::size_t lane) {
            return ProposeUpgrade{.title = "Rules",
                                  .details_uri = "ipfs://x",
                                  .height = 1'000'000'000,
                                  .name = "upgrade " + std::to_string(lane),
                                  .info_hash = sha256(view_of("release"))};
        });
    }

    void votes() {
        const std::size_t many = std::min<std::size_t>(story_.lanes(), Vote::kMaxValidators);
        std::vector<Consensus> validators;
        for (std::size_t lane = 0; lane < many; ++lane) validators.push_back(validator_of(lane));
        // Every lane's voter has stake at each of them.
        for (const Consensus& at : validators)
            for (std::size_t lane = 0; lane < of_a_kind_; ++lane)
                story_.chain().send(call(person(lane, Role::voter), ModuleId::staking,
                                         staking::Delegate{.validator = at}, tokens(1)));
        story_.measure_some(of_a_kind_, "governance.vote", "32 validators", [&](std::size_t lane) {
            return call(
                person(lane, Role::voter), ModuleId::governance,
                Vote{.proposal = first_ + lane, .choice = Choice::yes, .validators = validators});
        });
        for (std::uint64_t id = first_; id < first_ + 4 * of_a_kind_; ++id) {
            // The delegator has stake at the next lane's validator too.
            const auto make = [&](Role role) {
                return [this, id, role](std::size_t lane) {
                    std::vector<Consensus> at{validator_of(lane)};
                    if (role == Role::delegator && id != first_)
                        at.push_back(validator_of((lane + 1) % story_.lanes()));
                    return call(
                        person(lane, role), ModuleId::governance,
                        Vote{.proposal = id, .choice = Choice::yes, .validators = std::move(at)});
                };
            };
            if (id == first_)
                story_.measure("governance.vote", "1 validator", make(Role::delegator));
            else
                story_.each(make(Role::delegator));
            story_.each(make(Role::deputy));
        }
        delegate(story_, "during " + std::to_string(4 * of_a_kind_) + " votes", 1, true);
        story_.measure(
            "staking.unbond", "during " + std::to_string(4 * of_a_kind_) + " votes",
            [&](std::size_t lane) {
                return call(person(lane, Role::delegator), ModuleId::staking,
                            staking::Unbond{.validator = validator_of(lane), .amount = tokens(1)});
            },
            {"stake_unbonds"});
        story_.measure("staking.redelegate", "during " + std::to_string(4 * of_a_kind_) + " votes",
                       [&](std::size_t lane) {
                           return call(
                               person(lane, Role::delegator), ModuleId::staking,
                               staking::Redelegate{.from = validator_of(lane),
                                                   .to = validator_of((lane + 1) % story_.lanes()),
                                                   .amount = Amount(kTokenUnits + lane)});
                       },
                       {"redelegation_ends"});
    }

    // A half of each kind is carried out by a message, the other by the block.
    void deeds() {
        const Proposal first = story_.ask(GetProposal{.proposal = first_});
        story_.chain().pass(first.deadline_s);
        story_.chain().sweep();
        const auto due_s = story_.ask(GetProposal{.proposal = first_}).deadline_s;
        story_.chain().pass(due_s - 1);
        story_.chain().advance(due_s - story_.now_s());
        const std::size_t half = of_a_kind_ / 2;
        for (std::size_t kind = 0; kind < 4; ++kind) {
            const char* names[] = {"1 change", "16 changes", "grant", "upgrade"};
            story_.measure_some(half, "governance.execute", names[kind], [&](std::size_t lane) {
                return call(person(lane, Role::stranger), ModuleId::governance,
                            Execute{.proposal = first_ + kind * of_a_kind_ + lane});
            });
        }
        story_.chain().sweep();
        story_.chain().pass(story_.now_s() + 1);
    }

  private:
    template <class Make>
    void propose(const std::string& name, const std::string& what, const Make& make) {
        if (first_ == 0) first_ = 1;
        story_.measure_some(of_a_kind_, name, what,
                            [&](std::size_t lane) {
                                return call(person(lane, Role::stranger), ModuleId::governance,
                                            make(lane), deposit_);
                            },
                            {"proposal_voting_ends", "proposal_executes"});
    }

    Story& story_;
    std::size_t of_a_kind_;
    Amount deposit_;
    std::uint64_t first_ = 0;
};

}  // namespace

void tell_of_governance(Story& story) {
    GovernanceTale tale(story);
    tale.proposals();
    tale.votes();
    tale.deeds();
}

}  // namespace assay::bench
