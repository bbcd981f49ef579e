// What the market offers.
#include "modules/market/module.hpp"

#include "modules/market/audit_grade.hpp"
#include "modules/market/audit_order.hpp"
#include "modules/market/change_order.hpp"
#include "modules/market/commit_at_tier.hpp"
#include "modules/market/commit_fraud.hpp"
#include "modules/market/commit_pledged.hpp"
#include "modules/market/events.hpp"
#include "modules/market/events_audit.hpp"
#include "modules/market/gold.hpp"
#include "modules/market/insurance.hpp"
#include "modules/market/invariants.hpp"
#include "modules/market/lifecycle.hpp"
#include "modules/market/openings.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/prove_fraud.hpp"
#include "modules/market/redundant.hpp"
#include "modules/market/sponsor.hpp"
#include "modules/market/submit.hpp"
#include "modules/market/views.hpp"
#include "modules/market/views_audit.hpp"
#include "modules/market/views_policy.hpp"

namespace assay::market {

Module make_module() {
    Module module{.id = ModuleId::market, .name = "market"};
    module.messages =
        messages<PostOrder, FundOrder, SponsorOrder, CancelOrder, CommitSubmission, CommitUnbonded,
                 RevealSubmission, Settle, CommitFraud, ProveFraud, ForceOpen, OpenItems, PostGold,
                 PostRedundant, CommitBatch, OpenGold, AnswerItems, CommitAtTier, CommitPledged,
                 ClaimInsurance, PostAudited, AuditCommit, AuditReveal>();
    module.views =
        views<GetOrder, GetSubmission, ListOrders, ListSubmissions, QuotePostOrder, QuoteFundOrder,
              QuoteCommit, QuoteForceOpen, GetOpening, ListOpenings, GetFraudCommitment,
              GetMarketParams, GetBatches, GetBatch, QuotePostGold, QuotePostRedundant,
              QuoteCommitBatch, GetComparedItems, GetAnswers, QuoteCommitAtTier, QuoteCommitPledged,
              GetPledges, QuoteInsurance, InsuranceOf, GetInsurancePool, QuotePostAudited,
              GetAuditTerms, GetAudit, ListAudits>();
    module.events =
        events<OrderPosted, OrderFunded, OrderSponsored, OrderStateChanged, SubmissionCommitted,
               SubmissionRevealed, SubmissionStateChanged, SubmissionPaid, BondSlashed,
               HoldbackReleased, FraudProven, ItemsAsked, ItemsShown, OpeningEnded,
               SubmissionScored, BuyerBondPaid, ScoredDrawn, GoldOpened, ItemsAnswered,
               InsurancePaid, CollateralPledged, PledgesEnded, AuditDrawn, GraderDrawn,
               GradeCommitted, GradeRevealsBegan, GradeRevealed, AuditGraded, GraderJudged>();
    module.deadlines = {
        {DeadlineKind::order_closes,
         [](State& state, const BlockEnv&, std::uint64_t id) { close_order(state, id); }},
        {DeadlineKind::submission_reveal_ends, pass_deadline},
        {DeadlineKind::submission_window_ends, pass_deadline},
        {DeadlineKind::holdback_ends, pass_deadline},
        {DeadlineKind::verdict_due, pass_deadline},
        {DeadlineKind::policy_draws, draw_scored},
        {DeadlineKind::opening_ends, end_opening},
        {DeadlineKind::audit_phase_ends, pass_audit_phase}};
    module.invariants = {check_money,     check_counts,   check_deadlines,
                         check_bonds,     check_openings, check_batches,
                         check_insurance, check_pledges,  check_audits};
    return module;
}

}  // namespace assay::market
