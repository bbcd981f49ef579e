// The answers about proposals and votes.
#include "modules/governance/views.hpp"

#include <algorithm>

#include "modules/governance/needs.hpp"
#include "modules/governance/tally.hpp"

namespace assay::governance {

namespace {

Error unknown(std::uint64_t proposal) {
    return failure("no proposal " + std::to_string(proposal));
}

}  // namespace

Result<Proposal> GetProposal::view(const State& state, const BlockEnv&) const {
    auto found = state.get(kProposals, proposal);
    if (!found) return unknown(proposal);
    return std::move(*found);
}

Result<std::vector<Proposal>> ListProposals::view(const State& state, const BlockEnv&) const {
    if (count == 0 || count > kMaxPage)
        return failure("count: must be 1 to " + std::to_string(kMaxPage));
    const std::uint64_t made = state.get_or_default(kOpen, {}).made;
    std::vector<Proposal> out;
    std::uint64_t id = before == 0 ? made : std::min(before - 1, made);
    for (; id > 0 && out.size() < count; --id) out.push_back(state.must_get(kProposals, id));
    return out;
}

Result<Amount> QuotePropose::view(const State& state, const BlockEnv&) const {
    return state.must_get(kParams, {}).deposit;
}

Result<ParamsJudgement> JudgeParams::view(const State& state, const BlockEnv&) const {
    if (changes.empty() || changes.size() > kMaxChanges)
        return failure("changes: must be 1 to " + std::to_string(kMaxChanges));
    const needs::Verdict verdict = needs::judge_params(state, changes);
    return ParamsJudgement{.code = static_cast<std::uint16_t>(verdict.code), .why = verdict.why};
}

Result<TallyStatus> GetTally::view(const State& state, const BlockEnv&) const {
    const auto found = state.get(kProposals, proposal);
    if (!found) return unknown(proposal);
    TallyStatus out;
    out.tally = found->status == Status::voting ? count_votes(state, proposal) : found->tally;
    const Decision decision = decide(out.tally, found->terms);
    out.outcome = decision.status;
    out.deposit_burned = decision.burns_deposit;
    return out;
}

Result<VoteStatus> GetVote::view(const State& state, const BlockEnv&) const {
    if (!state.contains(kProposals, proposal)) return unknown(proposal);
    const auto standing = needs::standing(state, voter, validator);
    if (!standing) return failure("no validator " + to_hex0x(validator));
    const auto choice =
        standing->is_operator
            ? state.get_or_default(kBallots, {.proposal = proposal, .validator = validator})
                  .of_operator
            : state.get(kVotes, {.proposal = proposal, .validator = validator, .voter = voter});
    if (!choice) return failure(to_hex0x(voter) + " has not voted there");
    return VoteStatus{.choice = *choice, .as_operator = standing->is_operator};
}

Result<UpgradePlan> GetUpgradePlan::view(const State& state, const BlockEnv&) const {
    const auto plan = state.get(kUpgradePlan, {});
    if (!plan) return failure("no upgrade is planned");
    return *plan;
}

Result<Params> GetGovernanceParams::view(const State& state, const BlockEnv&) const {
    return state.must_get(kParams, {});
}

}  // namespace assay::governance
