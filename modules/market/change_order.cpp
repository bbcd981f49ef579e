// The rules of changing an open order.
#include "modules/market/change_order.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/events.hpp"
#include "modules/market/lifecycle.hpp"
#include "modules/market/money.hpp"
#include "modules/market/policy.hpp"

namespace assay::market {

TxCode FundOrder::check(const TxEnv&) const {
    if (items == 0) return TxCode::count_zero;
    if (items > kMaxItems) return TxCode::count_too_large;
    return TxCode::ok;
}

TxCode FundOrder::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kOrders, order);
    if (!record) return TxCode::order_not_found;
    if (record->buyer != env.sender) return TxCode::not_owner;
    if (record->state != OrderState::open) return TxCode::order_not_open;
    if (env.block.time_s >= record->deadline_s) return TxCode::too_late;
    if (find_policy(record->policy)->in_batches()) return TxCode::wrong_policy;
    const std::uint64_t quota = record->item_quota + items;
    if (quota > kMaxItems) return TxCode::order_limit_reached;
    if (!value_of(quota, record->price_per_item)) return TxCode::order_limit_reached;
    const OrderCost cost = order_cost(checked_value(*record, items), record->terms);
    if (env.value != cost.total()) return TxCode::wrong_value;

    record->item_quota = quota;
    record->escrow = sum_of(record->escrow, cost.escrow);
    record->buyer_bond = sum_of(record->buyer_bond, cost.bond);
    state.put(kOrders, order, *record);
    const Address here = module_address(ModuleId::market);
    ledger::move(state, here, pool::kMarketEscrow, cost.escrow);
    ledger::move(state, here, pool::kBuyerBonds, cost.bond);
    emit(state, ModuleId::market, OrderFunded{.order = order, .items = items, .value = env.value});
    return TxCode::ok;
}

TxCode CancelOrder::check(const TxEnv&) const {
    return TxCode::ok;
}

TxCode CancelOrder::execute(State& state, const TxEnv& env) const {
    const auto record = state.get(kOrders, order);
    if (!record) return TxCode::order_not_found;
    if (record->buyer != env.sender) return TxCode::not_owner;
    if (record->state != OrderState::open) return TxCode::order_not_open;
    if (record->live != 0) return TxCode::order_has_commitments;

    cancel_order(state, *record);
    return TxCode::ok;
}

}  // namespace assay::market
