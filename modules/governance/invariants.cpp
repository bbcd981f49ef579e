// Walks all records of governance.
#include "modules/governance/invariants.hpp"

#include <algorithm>
#include <map>

#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/governance/needs.hpp"
#include "modules/governance/objects.hpp"

namespace assay::governance {

namespace {

void expect_equal(const char* rule, const std::string& what, Amount found, Amount expected,
                  std::vector<InvariantFailure>& failures) {
    if (found == expected) return;
    failures.push_back(
        {.rule = rule,
         .what = what + ": " + to_string(found) + ", the records say " + to_string(expected)});
}

bool waits(const State& state, const Proposal& proposal) {
    const auto kind = proposal.status == Status::voting ? DeadlineKind::proposal_voting_ends
                                                        : DeadlineKind::proposal_executes;
    return is_scheduled(state, {.time_s = proposal.deadline_s, .kind = kind, .id = proposal.id});
}

}  // namespace

void check_deposits(const State& state, const StateReader&,
                    std::vector<InvariantFailure>& failures) {
    Amount held;
    state.scan(kProposals, [&](std::uint64_t, const Proposal& proposal) {
        if (proposal.status == Status::voting) held = sum_of(held, proposal.deposit);
    });
    expect_equal("13 deposits of proposals", "the pool of deposits",
                 ledger::balance(state, pool::kGovernanceDeposits), held, failures);
}

void check_open(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    constexpr const char* kRule = "14 open proposals";
    const Open open = state.get_or_default(kOpen, {});
    std::uint64_t made = 0;
    std::uint64_t voting = 0;
    std::uint64_t waiting = 0;
    state.scan(kProposals, [&](std::uint64_t id, const Proposal& proposal) {
        ++made;
        const bool votes = proposal.status == Status::voting;
        const auto listed = std::count(open.voting.begin(), open.voting.end(), id);
        voting += votes ? 1 : 0;
        waiting += proposal.status == Status::timelock ? 1 : 0;
        const bool good =
            proposal.id == id && id >= 1 && id <= open.made && listed == (votes ? 1 : 0) &&
            (is_open(proposal.status) ? waits(state, proposal) : proposal.deadline_s == 0) &&
            (proposal.failure != 0) == (proposal.status == Status::failed);
        if (!good) failures.push_back({.rule = kRule, .what = "proposal " + std::to_string(id)});
    });
    expect_equal(kRule, "made", Amount(open.made), Amount(made), failures);
    expect_equal(kRule, "in the vote", Amount(open.voting.size()), Amount(voting), failures);
    expect_equal(kRule, "in the timelock", Amount(open.waiting), Amount(waiting), failures);
    if (voting + waiting > kMostOpen)
        failures.push_back({.rule = kRule, .what = "more than " + std::to_string(kMostOpen)});
}

void check_ballots(const State& state, const StateReader&,
                   std::vector<InvariantFailure>& failures) {
    constexpr const char* kRule = "15 votes follow stake";
    const Open open = state.get_or_default(kOpen, {});
    const auto counts = [&](std::uint64_t proposal) {
        return std::find(open.voting.begin(), open.voting.end(), proposal) != open.voting.end();
    };
    std::map<std::pair<std::uint64_t, Consensus>, Ballot> expected;
    state.scan(kVotes, [&](const VoteKey& key, Choice choice) {
        if (!counts(key.proposal)) return;
        const auto standing = needs::standing(state, key.voter, key.validator);
        if (!standing || standing->is_operator)
            failures.push_back({.rule = kRule, .what = "a vote of " + to_hex0x(key.voter)});
        else {
            Amount& sum = shares_for(expected[{key.proposal, key.validator}], choice);
            sum = sum_of(sum, standing->shares);
        }
    });
    state.scan(kBallots, [&](const BallotKey& key, const Ballot& ballot) {
        if (!counts(key.proposal)) return;
        for (std::size_t i = 0; i < kChoices; ++i)
            expect_equal(kRule,
                         "choice " + std::to_string(i + 1) + " on " + std::to_string(key.proposal) +
                             " at " + to_hex0x(key.validator),
                         ballot.shares[i], expected[{key.proposal, key.validator}].shares[i],
                         failures);
    });
}

void check_rules(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    const auto params = state.get(kParams, {});
    if (params && !validate(*params))
        failures.push_back({.rule = "16 parameters in force", .what = "governance"});
    const auto plan = state.get(kUpgradePlan, {});
    if (plan && (plan->height == 0 || plan->name.empty() || state.contains(kUpgrades, plan->name)))
        failures.push_back({.rule = "17 planned upgrade", .what = plan->name});
}

}  // namespace assay::governance
