// What governance offers.
#include "modules/governance/module.hpp"

#include "modules/governance/events.hpp"
#include "modules/governance/invariants.hpp"
#include "modules/governance/lifecycle.hpp"
#include "modules/governance/messages.hpp"
#include "modules/governance/views.hpp"

namespace assay::governance {

Module make_module() {
    Module module{.id = ModuleId::governance, .name = "governance"};
    module.messages = messages<ProposeParams, ProposeGrant, ProposeUpgrade, Vote, Execute>();
    module.views = views<GetProposal, ListProposals, QuotePropose, JudgeParams, GetTally, GetVote,
                         GetUpgradePlan, GetGovernanceParams>();
    module.events =
        events<ProposalMade, VoteCast, ProposalDecided, ProposalExecuted, UpgradeBegan>();
    module.deadlines = {{DeadlineKind::proposal_voting_ends, on_voting_ends},
                        {DeadlineKind::proposal_executes, on_executes}};
    module.begin_block = begin_block;
    module.invariants = {check_deposits, check_open, check_ballots, check_rules};
    return module;
}

}  // namespace assay::governance
