// The rules of sponsoring an order and of spending its budget.
#include "modules/market/sponsor.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/api.hpp"
#include "modules/market/events.hpp"
#include "modules/market/tables.hpp"

namespace assay::market {

TxCode SponsorOrder::check(const TxEnv&) const {
    if (unbonded_items > kMaxItems) return TxCode::count_too_large;
    return TxCode::ok;
}

TxCode SponsorOrder::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kOrders, order);
    if (!record) return TxCode::order_not_found;
    if (record->buyer != env.sender) return TxCode::not_owner;
    if (record->state != OrderState::open) return TxCode::order_not_open;
    if (env.block.time_s >= record->deadline_s) return TxCode::too_late;
    if (unbonded_items > record->item_quota - record->unbonded_items)
        return TxCode::order_limit_reached;

    record->unbonded_items += unbonded_items;
    record->unbonded_cap = unbonded_cap;
    record->sponsor_cap = sponsor_cap;
    record->sponsor_budget = sum_of(record->sponsor_budget, env.value);
    state.put(kOrders, order, *record);
    ledger::move(state, module_address(ModuleId::market), pool::kSponsorBudgets, env.value);
    emit(state, ModuleId::market,
         OrderSponsored{.order = order,
                        .unbonded_items = record->unbonded_items,
                        .unbonded_cap = unbonded_cap,
                        .budget = record->sponsor_budget,
                        .sponsor_cap = sponsor_cap});
    return TxCode::ok;
}

std::optional<std::uint64_t> order_of_submission(const State& state, std::uint64_t submission) {
    const auto record = state.get(kSubmissions, submission);
    if (!record) return std::nullopt;
    return record->order;
}

std::optional<std::uint64_t> order_of_request(const State& state, std::uint64_t request) {
    const auto record = state.get(kOpenings, request);
    if (!record) return std::nullopt;
    return order_of_submission(state, record->submission);
}

boost::system::result<Amount, TxCode> sponsored_fee(const State& state, std::uint64_t id,
                                                    const Address& contributor, Amount base_fee) {
    const auto order = state.get(kOrders, id);
    if (!order) return TxCode::order_not_found;
    const auto fee = checked_add(base_fee, ppm_floor(base_fee, order->terms.relay_premium_ppm));
    if (!fee || *fee > order->sponsor_budget) return TxCode::sponsor_budget_spent;
    const Amount spent =
        state.get_or_default(kSponsored, {.order = id, .contributor = contributor});
    if (sum_of(spent, *fee) > order->sponsor_cap) return TxCode::sponsor_cap_reached;
    return *fee;
}

Amount pay_sponsored_fee(State& state, std::uint64_t id, const RelayedMessage& message) {
    Order order = state.must_get(kOrders, id);
    const Amount premium = ppm_floor(message.base_fee, order.terms.relay_premium_ppm);
    const Amount fee = sum_of(message.base_fee, premium);
    const OrderContributor key{.order = id, .contributor = message.contributor};
    state.put(kSponsored, key, sum_of(state.get_or_default(kSponsored, key), fee));
    order.sponsor_budget = difference_of(order.sponsor_budget, fee);
    state.put(kOrders, id, order);
    Amount now = fee;
    if (message.step != RelayedStep::opening) {
        now = difference_of(message.base_fee, premium);
        RelayDebt debt = state.get_or_default(kRelayDebts, message.submission);
        const bool commit = message.step == RelayedStep::commit;
        (commit ? debt.of_commit : debt.of_reveal) = message.relayer;
        (commit ? debt.for_commit : debt.for_reveal) = difference_of(fee, now);
        state.put(kRelayDebts, message.submission, debt);
    }
    ledger::move(state, pool::kSponsorBudgets, message.relayer, now);
    return now;
}

std::uint64_t newest_submission(const State& state) {
    return state.get_or_default(kCounters, {}).submissions;
}

}  // namespace assay::market
