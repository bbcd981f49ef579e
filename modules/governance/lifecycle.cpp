// From the deposit to the deed.
#include "modules/governance/lifecycle.hpp"

#include "chain/exec/deadlines.hpp"
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/governance/events.hpp"
#include "modules/governance/needs.hpp"
#include "modules/governance/tally.hpp"

namespace assay::governance {

namespace {

bool may_follow(Status before, Status after) {
    switch (before) {
        case Status::voting:
            return after == Status::rejected || after == Status::vetoed ||
                   after == Status::timelock;
        case Status::timelock: return after == Status::executed || after == Status::failed;
        default: return false;
    }
}

void enter(Proposal& proposal, Status status) {
    CHECK(may_follow(proposal.status, status));
    proposal.status = status;
    proposal.deadline_s = 0;
}

Open open_of(const State& state) {
    return state.get_or_default(kOpen, {});
}

TxCode refuse_upgrade(const State& state, const BlockEnv& block, const UpgradePlan& upgrade) {
    if (upgrade.height == 0)
        return state.contains(kUpgradePlan, {}) ? TxCode::ok : TxCode::no_upgrade_plan;
    if (upgrade.height <= block.height) return TxCode::upgrade_height_passed;
    if (state.contains(kUpgrades, upgrade.name)) return TxCode::already_exists;
    return TxCode::ok;
}

void apply(State& state, const Proposal& proposal) {
    switch (proposal.kind) {
        case Kind::params: return needs::apply_params(state, proposal.changes);
        case Kind::grant:
            return ledger::move(state, pool::kTreasury, proposal.grant.recipient,
                                proposal.grant.amount);
        case Kind::upgrade: break;
    }
    if (proposal.upgrade.height == 0)
        state.erase(kUpgradePlan, {});
    else
        state.put(kUpgradePlan, {}, proposal.upgrade);
}

}  // namespace

TxCode refuse_opening(const State& state, Amount value) {
    const Params params = state.must_get(kParams, {});
    if (value != params.deposit) return TxCode::wrong_value;
    const Open open = open_of(state);
    if (open.voting.size() + open.waiting >= params.max_open) return TxCode::proposal_limit_reached;
    return TxCode::ok;
}

void open_proposal(State& state, const TxEnv& env, Proposal proposal) {
    const Params params = state.must_get(kParams, {});
    Open open = open_of(state);
    proposal.id = ++open.made;
    proposal.proposer = env.sender;
    proposal.deposit = env.value;
    proposal.terms = {.timelock_s = params.timelock_s,
                      .quorum_ppm = params.quorum_ppm,
                      .majority_ppm = params.majority_ppm,
                      .veto_ppm = params.veto_ppm};
    proposal.made_s = env.block.time_s;
    proposal.deadline_s = env.block.time_s + params.voting_s;
    open.voting.push_back(proposal.id);
    state.put(kOpen, {}, open);
    state.put(kProposals, proposal.id, proposal);
    schedule(state, {.time_s = proposal.deadline_s,
                     .kind = DeadlineKind::proposal_voting_ends,
                     .id = proposal.id});
    ledger::move(state, module_address(ModuleId::governance), pool::kGovernanceDeposits, env.value);
    emit(state, ModuleId::governance,
         ProposalMade{.proposal = proposal.id,
                      .proposer = env.sender,
                      .kind = proposal.kind,
                      .deposit = env.value,
                      .voting_ends_s = proposal.deadline_s});
}

TxCode refuse_content(const State& state, const BlockEnv& block, const Proposal& proposal) {
    switch (proposal.kind) {
        case Kind::params: return needs::judge_params(state, proposal.changes).code;
        case Kind::grant:
            return ledger::balance(state, pool::kTreasury) < proposal.grant.amount
                       ? TxCode::treasury_too_small
                       : TxCode::ok;
        case Kind::upgrade: break;
    }
    return refuse_upgrade(state, block, proposal.upgrade);
}

void on_voting_ends(State& state, const BlockEnv& block, std::uint64_t id) {
    Proposal proposal = state.must_get(kProposals, id);
    proposal.tally = count_votes(state, id);
    const Decision decision = decide(proposal.tally, proposal.terms);
    enter(proposal, decision.status);
    Open open = open_of(state);
    std::erase(open.voting, id);
    if (decision.status == Status::timelock) {  // whole, even where this comes late
        ++open.waiting;
        proposal.deadline_s = block.time_s + proposal.terms.timelock_s;
        schedule(
            state,
            {.time_s = proposal.deadline_s, .kind = DeadlineKind::proposal_executes, .id = id});
    }
    state.put(kOpen, {}, open);
    state.put(kProposals, id, proposal);
    if (decision.burns_deposit)
        ledger::burn(state, pool::kGovernanceDeposits, proposal.deposit, BurnReason::other);
    else
        ledger::move(state, pool::kGovernanceDeposits, proposal.proposer, proposal.deposit);
    emit(state, ModuleId::governance,
         ProposalDecided{.proposal = id,
                         .status = proposal.status,
                         .tally = proposal.tally,
                         .deposit_burned = decision.burns_deposit ? proposal.deposit : Amount{},
                         .executes_s = proposal.deadline_s});
}

void carry_out(State& state, const BlockEnv& block, Proposal proposal) {
    const TxCode code = refuse_content(state, block, proposal);
    enter(proposal, code == TxCode::ok ? Status::executed : Status::failed);
    proposal.failure = static_cast<std::uint16_t>(code);
    Open open = open_of(state);
    CHECK(open.waiting > 0);
    --open.waiting;
    state.put(kOpen, {}, open);
    state.put(kProposals, proposal.id, proposal);
    if (code == TxCode::ok) apply(state, proposal);
    emit(state, ModuleId::governance,
         ProposalExecuted{
             .proposal = proposal.id, .status = proposal.status, .failure = proposal.failure});
}

void on_executes(State& state, const BlockEnv& block, std::uint64_t id) {
    carry_out(state, block, state.must_get(kProposals, id));
}

void begin_block(State& state, const BlockEnv& block) {
    const auto plan = state.get(kUpgradePlan, {});
    if (!plan || block.height < plan->height) return;
    state.erase(kUpgradePlan, {});
    state.put(kUpgrades, plan->name, block.height);
    emit(state, ModuleId::governance, UpgradeBegan{.name = plan->name, .height = block.height});
}

}  // namespace assay::governance
