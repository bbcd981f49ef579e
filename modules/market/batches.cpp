// The rules of work in batches.
#include "modules/market/batches.hpp"

#include <algorithm>

#include "chain/exec/deadlines.hpp"
#include "chain/exec/event.hpp"
#include "modules/market/commit.hpp"
#include "modules/market/events.hpp"
#include "modules/market/money.hpp"
#include "modules/market/needs.hpp"
#include "modules/market/policy.hpp"

namespace assay::market {

namespace {

Deadline drawing_of(const Order& order) {
    return {.time_s = draws_at_s(order), .kind = DeadlineKind::policy_draws, .id = order.id};
}

bool has_place(const State& state, const std::vector<std::uint64_t>& places, const Address& who) {
    return std::ranges::any_of(places, [&](std::uint64_t id) {
        return state.must_get(kSubmissions, id).contributor == who;
    });
}

}  // namespace

TxCode refuse_batches(const BatchTerms& terms) {
    if (terms.batches == 0 || terms.batch_items == 0 || terms.replicas == 0 || terms.scored == 0)
        return TxCode::count_zero;
    if (terms.replicas > kMaxReplicas || terms.batches > kMaxItems ||
        terms.batch_items > kMaxItems / terms.batches || terms.scored > terms.batch_items)
        return TxCode::count_too_large;
    return TxCode::ok;
}

std::uint64_t draws_at_s(const Order& order) {
    return order.deadline_s + order.terms.reveal_window_s;
}

TxCode CommitBatch::check(const TxEnv& env) const {
    if (commitment.is_zero()) return TxCode::hash_zero;
    if (unbonded && !env.value.is_zero()) return TxCode::value_not_payable;
    return TxCode::ok;
}

TxCode CommitBatch::execute(State& state, const TxEnv& env) const {
    const auto record = state.get(kOrders, order);
    if (!record) return TxCode::order_not_found;
    const auto terms = state.get(kBatchTerms, order);
    if (!terms) return TxCode::wrong_policy;
    if (batch >= terms->batches) return TxCode::batch_not_found;
    const std::uint64_t items = terms->batch_items;
    if (const auto code = refuse_commitment(state, env, *record, items, commitment);
        code != TxCode::ok)
        return code;
    const BatchKey key{.order = order, .batch = batch};
    auto places = state.get_or_default(kBatchPlaces, key);
    if (places.size() >= terms->replicas) return TxCode::batch_full;
    if (has_place(state, places, env.sender)) return TxCode::batch_already_taken;
    Amount bond;
    if (unbonded) {
        if (const auto code = refuse_unbonded(state, env, *record, items); code != TxCode::ok)
            return code;
    } else {
        bond = submission_bond(checked_value(*record, items), record->terms);
        if (env.value != bond) return TxCode::wrong_value;
    }

    places.push_back(commit(state, env, *record,
                            {.commitment = commitment,
                             .item_count = items,
                             .bond = bond,
                             .unbonded = unbonded,
                             .batch = batch}));
    state.put(kBatchPlaces, key, places);
    return TxCode::ok;
}

void free_place(State& state, const Submission& submission) {
    const BatchKey key{.order = submission.order, .batch = submission.batch};
    auto places = state.get_or_default(kBatchPlaces, key);
    if (std::erase(places, submission.id) == 0) return;
    if (places.empty())
        state.erase(kBatchPlaces, key);
    else
        state.put(kBatchPlaces, key, places);
}

void schedule_draw(State& state, const Order& order) {
    if (order.state != OrderState::closed) return;  // nobody is left to compare
    if (find_policy(order.policy)->in_batches()) schedule(state, drawing_of(order));
}

bool waits_for_draw(const State& state, const Order& order) {
    return is_scheduled(state, drawing_of(order));
}

void unschedule_draw(State& state, const Order& order) {
    if (waits_for_draw(state, order)) unschedule(state, drawing_of(order));
}

void draw_scored(State& state, const BlockEnv&, std::uint64_t id) {
    BatchTerms terms = state.must_get(kBatchTerms, id);
    terms.seed = needs::beacon_value(state);
    state.put(kBatchTerms, id, terms);
    emit(state, ModuleId::market, ScoredDrawn{.order = id, .seed = terms.seed});
}

}  // namespace assay::market
