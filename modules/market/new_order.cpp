// The rules that every new order keeps.
#include "modules/market/new_order.hpp"

#include "chain/exec/deadlines.hpp"
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/events.hpp"
#include "modules/market/money.hpp"
#include "modules/market/tables.hpp"

namespace assay::market {

TxCode refuse_form(const NewOrder& order) {
    if (order.spec_hash.is_zero()) return TxCode::hash_zero;
    if (order.spec_uri.size() > kMaxUriBytes) return TxCode::text_too_long;
    if (order.item_quota == 0) return TxCode::count_zero;
    if (order.item_quota > kMaxItems) return TxCode::count_too_large;
    if (order.price_per_item.is_zero()) return TxCode::price_zero;
    if (!value_of(order.item_quota, order.price_per_item)) return TxCode::amount_too_large;
    if (order.item_kind > ItemKind::annotation) return TxCode::unknown_choice;
    if (order.max_payload_bytes == 0) return TxCode::count_zero;
    if (order.max_payload_bytes > kMaxPayloadBytes) return TxCode::bytes_too_long;
    return TxCode::ok;
}

TxCode refuse_terms(const NewOrder& order, const Params& terms, const TxEnv& env, Amount audits) {
    const std::uint64_t now = env.block.time_s;
    if (order.deadline_s <= now) return TxCode::deadline_in_past;
    if (order.deadline_s - now < terms.min_order_s) return TxCode::deadline_too_near;
    if (order.deadline_s - now > terms.max_order_s) return TxCode::deadline_too_far;
    // Nobody could ever commit to it.
    if (*value_of(order.least_items, order.price_per_item) > terms.largest_submission)
        return TxCode::submission_too_large;
    const OrderCost cost = order_cost(*value_of(order.item_quota, order.price_per_item), terms);
    if (checked_add(cost.total(), audits) != env.value) return TxCode::wrong_value;
    return TxCode::ok;
}

std::uint64_t open_order(State& state, const TxEnv& env, const NewOrder& made, const Params& terms,
                         Amount audits) {
    const OrderCost cost = order_cost(*value_of(made.item_quota, made.price_per_item), terms);
    const Amount escrow = sum_of(cost.escrow, audits);
    Counters counters = state.get_or_default(kCounters, {});
    const Order order{.id = ++counters.orders,
                      .buyer = env.sender,
                      .policy = made.policy,
                      .item_kind = made.item_kind,
                      .spec_hash = made.spec_hash,
                      .spec_uri = made.spec_uri,
                      .item_quota = made.item_quota,
                      .price_per_item = made.price_per_item,
                      .contributor_cap = made.contributor_cap,
                      .max_payload_bytes = made.max_payload_bytes,
                      .posted_s = env.block.time_s,
                      .deadline_s = made.deadline_s,
                      .escrow = escrow,
                      .buyer_bond = cost.bond,
                      .terms = terms};
    state.put(kCounters, {}, counters);
    state.put(kOrders, order.id, order);
    schedule(state,
             {.time_s = order.deadline_s, .kind = DeadlineKind::order_closes, .id = order.id});
    const Address here = module_address(ModuleId::market);
    ledger::move(state, here, pool::kMarketEscrow, escrow);
    ledger::move(state, here, pool::kBuyerBonds, cost.bond);
    emit(state, ModuleId::market,
         OrderPosted{.order = order.id,
                     .buyer = order.buyer,
                     .item_quota = order.item_quota,
                     .price_per_item = order.price_per_item,
                     .spec_hash = order.spec_hash,
                     .deadline_s = order.deadline_s});
    return order.id;
}

}  // namespace assay::market
