// The rules that every commitment keeps.
#include "modules/market/commit.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/audit.hpp"
#include "modules/market/events.hpp"
#include "modules/market/lifecycle.hpp"
#include "modules/market/money.hpp"

namespace assay::market {

namespace {

OrderContributor key_of(const Order& order, const TxEnv& env) {
    return {.order = order.id, .contributor = env.sender};
}

}  // namespace

TxCode refuse_commitment_form(std::uint64_t item_count, const Hash256& commitment) {
    if (item_count == 0) return TxCode::count_zero;
    if (item_count > kMaxItems) return TxCode::count_too_large;
    if (commitment.is_zero()) return TxCode::hash_zero;
    return TxCode::ok;
}

TxCode refuse_commitment(const State& state, const TxEnv& env, const Order& order,
                         std::uint64_t item_count, const Hash256& commitment) {
    if (order.buyer == env.sender) return TxCode::own_order;
    if (order.state != OrderState::open) return TxCode::order_not_open;
    if (env.block.time_s >= order.deadline_s) return TxCode::too_late;
    if (item_count > order.item_quota - order.items_accepted - order.items_reserved)
        return TxCode::order_full;
    if (is_too_small(state, order, item_count)) return TxCode::submission_too_small;
    if (checked_value(order, item_count) > order.terms.largest_submission)
        return TxCode::submission_too_large;
    const std::uint64_t held = state.get_or_default(kItemsHeld, key_of(order, env));
    if (order.contributor_cap != 0 &&
        (held > order.contributor_cap || item_count > order.contributor_cap - held))
        return TxCode::contributor_cap_reached;
    if (order.live >= order.terms.max_live_submissions) return TxCode::order_limit_reached;
    if (state.contains(kCommitments, commitment)) return TxCode::duplicate_commitment;
    return TxCode::ok;
}

TxCode refuse_unbonded(const State& state, const TxEnv& env, const Order& order,
                       std::uint64_t item_count) {
    if (item_count > order.terms.unbonded_max_items) return TxCode::order_limit_reached;
    if (item_count > order.unbonded_items - order.unbonded_items_held)
        return TxCode::no_unbonded_place;
    const std::uint64_t held = state.get_or_default(kUnbondedHeld, key_of(order, env));
    if (held + item_count > order.unbonded_cap) return TxCode::contributor_cap_reached;
    return TxCode::ok;
}

std::uint64_t commit(State& state, const TxEnv& env, Order order, Submission made) {
    const OrderContributor key = key_of(order, env);
    const Params& terms = order.terms;
    Counters counters = state.get_or_default(kCounters, {});
    made.id = ++counters.submissions;
    made.order = order.id;
    made.contributor = env.sender;
    made.committed_height = env.block.height;
    made.committed_s = env.block.time_s;
    made.deadline_s =
        env.block.time_s + (made.unbonded ? terms.unbonded_reveal_s : terms.reveal_window_s);
    order.items_reserved += made.item_count;
    order.submissions += 1;
    order.live += 1;
    if (made.unbonded) {
        order.unbonded_items_held += made.item_count;
        state.put(kUnbondedHeld, key, state.get_or_default(kUnbondedHeld, key) + made.item_count);
    }
    state.put(kCounters, {}, counters);
    state.put(kOrders, order.id, order);
    state.put(kSubmissions, made.id, made);
    state.put(kItemsHeld, key, state.get_or_default(kItemsHeld, key) + made.item_count);
    state.put(kCommitments, made.commitment, made.id);
    state.put(kOrderSubmissions, {.order = order.id, .submission = made.id}, {});
    schedule(state, *deadline_of(made));
    ledger::move(state, module_address(ModuleId::market), pool::kContributorBonds, made.bond);
    emit(state, ModuleId::market,
         SubmissionCommitted{.submission = made.id,
                             .order = order.id,
                             .contributor = env.sender,
                             .item_count = made.item_count,
                             .commitment = made.commitment,
                             .bond = made.bond});
    return made.id;
}

}  // namespace assay::market
