// The rules of posting an order under `audited`.
#include "modules/market/audit_order.hpp"

#include "modules/market/audit_money.hpp"
#include "modules/market/new_order.hpp"

namespace assay::market {

namespace {

NewOrder order_of(const PostAudited& message) {
    return {.spec_hash = message.spec_hash,
            .spec_uri = message.spec_uri,
            .item_quota = message.item_quota,
            .price_per_item = message.price_per_item,
            .policy = Policy::audited,
            .item_kind = message.item_kind,
            .max_payload_bytes = message.max_payload_bytes,
            .contributor_cap = message.contributor_cap,
            .deadline_s = message.deadline_s,
            .least_items = message.min_items};
}

}  // namespace

Amount audits_cost(std::uint8_t graders, std::uint32_t audits, const Params& terms) {
    return fees_of(std::uint64_t{graders} * audits, terms);
}

TxCode PostAudited::check(const TxEnv&) const {
    if (const auto code = refuse_form(order_of(*this)); code != TxCode::ok) return code;
    if (min_items == 0 || audits == 0) return TxCode::count_zero;
    if (min_items > item_quota) return TxCode::count_too_large;
    if (graders != 3 && graders != 5 && graders != 7) return TxCode::unknown_choice;
    return TxCode::ok;
}

TxCode PostAudited::execute(State& state, const TxEnv& env) const {
    const NewOrder order = order_of(*this);
    const Params terms = state.must_get(kParams, {});
    const Amount budget = audits_cost(graders, audits, terms);
    if (const auto code = refuse_terms(order, terms, env, budget); code != TxCode::ok) return code;
    const std::uint64_t id = open_order(state, env, order, terms, budget);
    state.put(kAuditTerms, id, {.min_items = min_items, .graders = graders, .budget = budget});
    return TxCode::ok;
}

}  // namespace assay::market
