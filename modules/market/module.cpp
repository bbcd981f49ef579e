// What the market offers.
#include "modules/market/module.hpp"

#include "modules/market/change_order.hpp"
#include "modules/market/commit_fraud.hpp"
#include "modules/market/events.hpp"
#include "modules/market/invariants.hpp"
#include "modules/market/lifecycle.hpp"
#include "modules/market/openings.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/prove_fraud.hpp"
#include "modules/market/sponsor.hpp"
#include "modules/market/submit.hpp"
#include "modules/market/views.hpp"

namespace assay::market {

Module make_module() {
    Module module{.id = ModuleId::market, .name = "market"};
    module.messages =
        messages<PostOrder, FundOrder, SponsorOrder, CancelOrder, CommitSubmission, CommitUnbonded,
                 RevealSubmission, Settle, CommitFraud, ProveFraud, ForceOpen, OpenItems>();
    module.views = views<GetOrder, GetSubmission, ListOrders, ListSubmissions, QuotePostOrder,
                         QuoteFundOrder, QuoteCommit, QuoteForceOpen, GetOpening, ListOpenings,
                         GetFraudCommitment, GetMarketParams>();
    module.events =
        events<OrderPosted, OrderFunded, OrderSponsored, OrderStateChanged, SubmissionCommitted,
               SubmissionRevealed, SubmissionStateChanged, SubmissionPaid, BondSlashed,
               HoldbackReleased, FraudProven, ItemsAsked, ItemsShown, OpeningEnded>();
    module.deadlines = {
        {DeadlineKind::order_closes,
         [](State& state, const BlockEnv&, std::uint64_t id) { close_order(state, id); }},
        {DeadlineKind::submission_reveal_ends, pass_deadline},
        {DeadlineKind::submission_window_ends, pass_deadline},
        {DeadlineKind::holdback_ends, pass_deadline},
        {DeadlineKind::opening_ends, end_opening}};
    module.invariants = {check_money, check_counts, check_deadlines, check_bonds, check_openings};
    return module;
}

}  // namespace assay::market
