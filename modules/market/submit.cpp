// The rules of committing, revealing and settling a submission.
#include "modules/market/submit.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/commitment.hpp"
#include "modules/market/committing.hpp"
#include "modules/market/events.hpp"
#include "modules/market/lifecycle.hpp"
#include "modules/market/money.hpp"

namespace assay::market {

namespace {

TxCode refuse_items(const Order& order, std::uint64_t held, std::uint64_t items) {
    if (items > order.item_quota - order.items_accepted - order.items_reserved)
        return TxCode::order_full;
    if (order.contributor_cap != 0 &&
        (held > order.contributor_cap || items > order.contributor_cap - held))
        return TxCode::contributor_cap_reached;
    if (order.live >= order.terms.max_live_submissions) return TxCode::order_limit_reached;
    return TxCode::ok;
}

TxCode refuse_order(const Order& order, const TxEnv& env) {
    if (order.buyer == env.sender) return TxCode::own_order;
    if (order.state != OrderState::open) return TxCode::order_not_open;
    if (env.block.time_s >= order.deadline_s) return TxCode::too_late;
    return TxCode::ok;
}

}  // namespace

TxCode refuse_form(std::uint64_t item_count, const Hash256& commitment) {
    if (item_count == 0) return TxCode::count_zero;
    if (item_count > kMaxItems) return TxCode::count_too_large;
    if (commitment.is_zero()) return TxCode::hash_zero;
    return TxCode::ok;
}

std::uint64_t commit(State& state, const TxEnv& env, Order& order, Submission made,
                     std::uint64_t reveal_window_s) {
    Counters counters = state.get_or_default(kCounters, {});
    made.id = ++counters.submissions;
    made.order = order.id;
    made.contributor = env.sender;
    made.committed_height = env.block.height;
    made.committed_s = env.block.time_s;
    made.deadline_s = env.block.time_s + reveal_window_s;
    order.items_reserved += made.item_count;
    order.submissions += 1;
    order.live += 1;
    const OrderContributor key{.order = order.id, .contributor = env.sender};
    state.put(kCounters, {}, counters);
    state.put(kOrders, order.id, order);
    state.put(kSubmissions, made.id, made);
    state.put(kItemsHeld, key, state.get_or_default(kItemsHeld, key) + made.item_count);
    state.put(kCommitments, made.commitment, made.id);
    state.put(kOrderSubmissions, {.order = order.id, .submission = made.id}, {});
    schedule(state, *deadline_of(made));
    emit(state, ModuleId::market,
         SubmissionCommitted{.submission = made.id,
                             .order = order.id,
                             .contributor = env.sender,
                             .item_count = made.item_count,
                             .commitment = made.commitment,
                             .bond = made.bond});
    return made.id;
}

TxCode refuse_commitment(const State& state, const TxEnv& env, const Order& order,
                         std::uint64_t item_count, const Hash256& commitment) {
    if (const auto code = refuse_order(order, env); code != TxCode::ok) return code;
    const OrderContributor key{.order = order.id, .contributor = env.sender};
    const std::uint64_t held = state.get_or_default(kItemsHeld, key);
    if (const auto code = refuse_items(order, held, item_count); code != TxCode::ok) return code;
    if (state.contains(kCommitments, commitment)) return TxCode::duplicate_commitment;
    return TxCode::ok;
}

TxCode CommitSubmission::check(const TxEnv&) const {
    return refuse_form(item_count, commitment);
}

TxCode CommitSubmission::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kOrders, order);
    if (!record) return TxCode::order_not_found;
    if (const auto code = refuse_commitment(state, env, *record, item_count, commitment);
        code != TxCode::ok)
        return code;
    const Amount bond = submission_bond(checked_value(*record, item_count), record->terms);
    if (env.value != bond) return TxCode::wrong_value;

    ledger::move(state, module_address(ModuleId::market), pool::kContributorBonds, bond);
    commit(state, env, *record, {.commitment = commitment, .item_count = item_count, .bond = bond},
           record->terms.reveal_window_s);
    return TxCode::ok;
}

TxCode CommitUnbonded::check(const TxEnv&) const {
    return refuse_form(item_count, commitment);
}

TxCode CommitUnbonded::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kOrders, order);
    if (!record) return TxCode::order_not_found;
    if (const auto code = refuse_order(*record, env); code != TxCode::ok) return code;
    if (item_count > record->terms.unbonded_max_items) return TxCode::order_limit_reached;
    if (item_count > record->unbonded_items - record->unbonded_items_held)
        return TxCode::no_unbonded_place;
    const OrderContributor key{.order = order, .contributor = env.sender};
    const std::uint64_t unbonded = state.get_or_default(kUnbondedHeld, key);
    if (unbonded + item_count > record->unbonded_cap) return TxCode::contributor_cap_reached;
    const std::uint64_t held = state.get_or_default(kItemsHeld, key);
    if (const auto code = refuse_items(*record, held, item_count); code != TxCode::ok) return code;
    if (state.contains(kCommitments, commitment)) return TxCode::duplicate_commitment;

    state.put(kUnbondedHeld, key, unbonded + item_count);
    record->unbonded_items_held += item_count;
    commit(state, env, *record,
           {.commitment = commitment, .item_count = item_count, .unbonded = true},
           record->terms.unbonded_reveal_s);
    return TxCode::ok;
}

TxCode RevealSubmission::check(const TxEnv&) const {
    if (root.is_zero()) return TxCode::hash_zero;
    if (data_uri.size() > kMaxUriBytes) return TxCode::text_too_long;
    return TxCode::ok;
}

TxCode RevealSubmission::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kSubmissions, submission);
    if (!record) return TxCode::submission_not_found;
    if (record->contributor != env.sender) return TxCode::not_owner;
    if (record->state != SubmissionState::committed) return TxCode::submission_wrong_state;
    if (env.block.height <= record->committed_height) return TxCode::too_early;
    if (env.block.time_s >= record->deadline_s) return TxCode::too_late;
    const Hash256 opened = commitment_of({.chain_id = env.block.chain_id,
                                          .order = record->order,
                                          .contributor = env.sender,
                                          .item_count = record->item_count,
                                          .root = root,
                                          .ciphertext_root = ciphertext_root,
                                          .key_hash = key_hash,
                                          .salt = salt});
    if (opened != record->commitment) return TxCode::commitment_mismatch;
    const auto holder = state.get(kRoots, {.order = record->order, .root = root});
    if (holder && *holder < submission) return TxCode::duplicate_root;  // the earliest commit wins

    if (holder) {
        const Submission copy = state.must_get(kSubmissions, *holder);
        if (may_be_convicted(state, copy))
            convict(state, env.block, copy.id,
                    {.prover = env.sender,
                     .kind = FraudKind::copied_content,
                     .evidence = record->commitment});
    }
    record->root = root;
    record->ciphertext_root = ciphertext_root;
    record->key_hash = key_hash;
    record->data_uri = data_uri;
    open_window(state, env.block, *record);
    return TxCode::ok;
}

TxCode Settle::check(const TxEnv&) const {
    return TxCode::ok;
}

TxCode Settle::execute(State& state, const TxEnv& env) const {
    const auto record = state.get(kSubmissions, submission);
    if (!record) return TxCode::submission_not_found;
    const auto deadline = deadline_of(*record);
    if (!deadline || deadline->time_s > env.block.time_s) return TxCode::not_settleable;
    if (record->requests != 0) return TxCode::not_settleable;  // they end before, but not yet

    pass_deadline(state, env.block, submission);
    return TxCode::ok;
}

}  // namespace assay::market
