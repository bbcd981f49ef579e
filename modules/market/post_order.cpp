// The rules of posting an order.
#include "modules/market/post_order.hpp"

#include "chain/exec/deadlines.hpp"
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/events.hpp"
#include "modules/market/money.hpp"
#include "modules/market/policy.hpp"
#include "modules/market/tables.hpp"

namespace assay::market {

TxCode PostOrder::check(const TxEnv&) const {
    if (spec_hash.is_zero()) return TxCode::hash_zero;
    if (spec_uri.size() > kMaxUriBytes) return TxCode::text_too_long;
    if (item_quota == 0) return TxCode::count_zero;
    if (item_quota > kMaxItems) return TxCode::count_too_large;
    if (price_per_item.is_zero()) return TxCode::price_zero;
    if (!value_of(item_quota, price_per_item)) return TxCode::amount_too_large;
    if (policy > Policy::audited) return TxCode::unknown_policy;
    if (find_policy(policy) == nullptr) return TxCode::policy_not_available;
    if (item_kind > ItemKind::annotation) return TxCode::unknown_choice;
    if (max_payload_bytes == 0) return TxCode::count_zero;
    if (max_payload_bytes > kMaxPayloadBytes) return TxCode::bytes_too_long;
    return TxCode::ok;
}

TxCode PostOrder::execute(State& state, const TxEnv& env) const {
    const Params terms = state.must_get(kParams, {});
    const std::uint64_t now = env.block.time_s;
    if (deadline_s <= now) return TxCode::deadline_in_past;
    if (deadline_s - now < terms.min_order_s) return TxCode::deadline_too_near;
    if (deadline_s - now > terms.max_order_s) return TxCode::deadline_too_far;
    const OrderCost cost = order_cost(*value_of(item_quota, price_per_item), terms);
    if (env.value != cost.total()) return TxCode::wrong_value;

    Counters counters = state.get_or_default(kCounters, {});
    const Order order{.id = ++counters.orders,
                      .buyer = env.sender,
                      .policy = policy,
                      .item_kind = item_kind,
                      .spec_hash = spec_hash,
                      .spec_uri = spec_uri,
                      .item_quota = item_quota,
                      .price_per_item = price_per_item,
                      .contributor_cap = contributor_cap,
                      .max_payload_bytes = max_payload_bytes,
                      .posted_s = now,
                      .deadline_s = deadline_s,
                      .escrow = cost.escrow,
                      .buyer_bond = cost.bond,
                      .terms = terms};
    state.put(kCounters, {}, counters);
    state.put(kOrders, order.id, order);
    schedule(state, {.time_s = deadline_s, .kind = DeadlineKind::order_closes, .id = order.id});
    const Address here = module_address(ModuleId::market);
    ledger::move(state, here, pool::kMarketEscrow, cost.escrow);
    ledger::move(state, here, pool::kBuyerBonds, cost.bond);
    emit(state, ModuleId::market,
         OrderPosted{.order = order.id,
                     .buyer = order.buyer,
                     .item_quota = item_quota,
                     .price_per_item = price_per_item,
                     .spec_hash = spec_hash,
                     .deadline_s = deadline_s});
    return TxCode::ok;
}

}  // namespace assay::market
