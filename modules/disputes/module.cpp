// What disputes offer.
#include "modules/disputes/module.hpp"

#include "modules/disputes/events.hpp"
#include "modules/disputes/invariants.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/panel.hpp"
#include "modules/disputes/views.hpp"

namespace assay::disputes {

Module make_module() {
    Module module{.id = ModuleId::disputes, .name = "disputes"};
    module.messages = messages<Challenge, Contest, JoinDispute, Appeal, VoteCommit, VoteReveal>();
    module.views =
        views<GetDispute, GetDisputeRecord, GetRounds, GetBackers, GetPanel, ListDisputes,
              QuoteChallenge, QuoteContest, QuoteJoin, QuoteAppeal, GetDisputeParams>();
    module.events = events<DisputeOpened, JurorDrawn, VoteCommitted, RevealPhaseBegan, VoteRevealed,
                           PanelFailed, RoundRuled, DisputeJoined, Appealed, DisputeRuled,
                           BackerPaid, ReviewBegan, SeatJudged>();
    module.deadlines = {{DeadlineKind::dispute_phase_ends, on_phase_ends}};
    module.invariants = {check_locks, check_deadlines, check_money};
    return module;
}

}  // namespace assay::disputes
