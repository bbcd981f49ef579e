// Votes, and how they follow the stake behind them.
#include "chain/exec/event.hpp"
#include "modules/governance/api.hpp"
#include "modules/governance/events.hpp"
#include "modules/governance/messages.hpp"
#include "modules/governance/needs.hpp"

namespace assay::governance {

namespace {

void move_shares(Ballot& ballot, Choice choice, Amount before, Amount after) {
    Amount& held = shares_for(ballot, choice);
    held = sum_of(difference_of(held, before), after);
}

void vote_as_delegator(State& state, const VoteKey& key, Ballot& ballot, Choice choice,
                       Amount shares) {
    if (const auto before = state.get(kVotes, key)) move_shares(ballot, *before, shares, {});
    move_shares(ballot, choice, {}, shares);
    state.put(kVotes, key, choice);
}

}  // namespace

TxCode Vote::check(const TxEnv&) const {
    if (choice < Choice::yes || choice > Choice::veto) return TxCode::unknown_choice;
    if (validators.empty()) return TxCode::count_zero;
    if (validators.size() > kMaxValidators) return TxCode::count_too_large;
    return TxCode::ok;
}

TxCode Vote::execute(State& state, const TxEnv& env) const {
    const auto found = state.get(kProposals, proposal);
    if (!found) return TxCode::proposal_not_found;
    if (found->status != Status::voting) return TxCode::wrong_state;
    if (env.block.time_s >= found->deadline_s) return TxCode::too_late;
    for (const Consensus& validator : validators) {
        const auto standing = needs::standing(state, env.sender, validator);
        if (!standing) return TxCode::validator_not_found;
        if (!standing->is_operator && standing->shares.is_zero()) return TxCode::no_stake;
    }
    for (const Consensus& validator : validators) {
        const auto standing = needs::standing(state, env.sender, validator);
        const BallotKey at{.proposal = proposal, .validator = validator};
        Ballot ballot = state.get_or_default(kBallots, at);
        if (standing->is_operator)
            ballot.of_operator = choice;
        else
            vote_as_delegator(state,
                              {.proposal = proposal, .validator = validator, .voter = env.sender},
                              ballot, choice, standing->shares);
        state.put(kBallots, at, ballot);
        emit(state, ModuleId::governance,
             VoteCast{.proposal = proposal,
                      .voter = env.sender,
                      .validator = validator,
                      .choice = choice,
                      .as_operator = standing->is_operator});
    }
    return TxCode::ok;
}

void shares_changed(State& state, const Address& delegator, const FixedBytes<20>& validator,
                    Amount before, Amount after) {
    const Open open = state.get_or_default(kOpen, {});  // kMostOpen at most
    for (const std::uint64_t proposal : open.voting) {
        const auto choice =
            state.get(kVotes, {.proposal = proposal, .validator = validator, .voter = delegator});
        if (!choice) continue;
        const BallotKey at{.proposal = proposal, .validator = validator};
        Ballot ballot = state.must_get(kBallots, at);
        move_shares(ballot, *choice, before, after);
        state.put(kBallots, at, ballot);
    }
}

}  // namespace assay::governance
