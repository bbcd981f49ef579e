// The rules of posting an order under the optimistic policy.
#include "modules/market/post_order.hpp"

#include "modules/market/new_order.hpp"

namespace assay::market {

namespace {

NewOrder new_order(const PostOrder& message) {
    return {.spec_hash = message.spec_hash,
            .spec_uri = message.spec_uri,
            .item_quota = message.item_quota,
            .price_per_item = message.price_per_item,
            .policy = message.policy,
            .item_kind = message.item_kind,
            .max_payload_bytes = message.max_payload_bytes,
            .contributor_cap = message.contributor_cap,
            .deadline_s = message.deadline_s};
}

}  // namespace

TxCode PostOrder::check(const TxEnv&) const {
    if (const auto code = refuse_form(new_order(*this)); code != TxCode::ok) return code;
    if (policy > Policy::audited) return TxCode::unknown_policy;
    if (policy != Policy::optimistic) return TxCode::policy_not_available;
    return TxCode::ok;
}

TxCode PostOrder::execute(State& state, const TxEnv& env) const {
    const NewOrder order = new_order(*this);
    const Params terms = state.must_get(kParams, {});
    if (const auto code = refuse_terms(order, terms, env); code != TxCode::ok) return code;
    open_order(state, env, order, terms);
    return TxCode::ok;
}

}  // namespace assay::market
