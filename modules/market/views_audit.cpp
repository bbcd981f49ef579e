// The answers about audits.
#include "modules/market/views_audit.hpp"

#include "chain/exec/paging.hpp"
#include "modules/market/audit_order.hpp"
#include "modules/market/views.hpp"

namespace assay::market {

Result<Amount> QuotePostAudited::view(const State& state, const BlockEnv& block) const {
    const auto order =
        QuotePostOrder{.item_quota = item_quota, .price_per_item = price_per_item}.view(state,
                                                                                        block);
    if (!order) return order;
    const auto value =
        checked_add(*order, audits_cost(graders, audits, state.must_get(kParams, {})));
    if (!value) return failure("the graders' fees are too large");
    return *value;
}

Result<AuditTerms> GetAuditTerms::view(const State& state, const BlockEnv&) const {
    if (!state.contains(kOrders, order)) return missing_record("order", order);
    const auto terms = state.get(kAuditTerms, order);
    if (!terms) return failure("order " + std::to_string(order) + " has no audits");
    return *terms;
}

Result<AuditRecord> GetAudit::view(const State& state, const BlockEnv&) const {
    const auto work = state.get(kSubmissions, submission);
    if (!work) return missing_record("submission", submission);
    const auto audit = state.get(kAudits, submission);
    if (!audit) return failure("submission " + std::to_string(submission) + " has no audit");
    const Params terms = state.must_get(kOrders, work->order).terms;
    AuditRecord out{.audit = *audit,
                    .items = audited_items(*audit, *work),
                    .bounds = audit_bounds(work->item_count, terms),
                    .seats = seats_of(state, *audit)};
    if (audit->phase == AuditPhase::commit) out.phase_ends_s = audit->deadline_s;
    if (audit->phase == AuditPhase::reveal) out.phase_ends_s = work->deadline_s;
    return out;
}

Result<std::vector<Audit>> ListAudits::view(const State& state, const BlockEnv&) const {
    if (auto good = page_holds(limit, kMaxPage); !good) return good.error();
    return page_under(state, kGraderAudits, GraderAudit{.grader = grader, .submission = after},
                      &GraderAudit::grader, &GraderAudit::submission, kAudits, limit);
}

}  // namespace assay::market
