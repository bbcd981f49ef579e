// The rules of committing, revealing and settling a submission.
#include "modules/market/submit.hpp"

#include "modules/market/audit.hpp"
#include "modules/market/commit.hpp"
#include "modules/market/commitment.hpp"
#include "modules/market/lifecycle.hpp"
#include "modules/market/money.hpp"
#include "modules/market/policy.hpp"

namespace assay::market {

TxCode CommitSubmission::check(const TxEnv&) const {
    return refuse_commitment_form(item_count, commitment);
}

TxCode CommitSubmission::execute(State& state, const TxEnv& env) const {
    const auto record = state.get(kOrders, order);
    if (!record) return TxCode::order_not_found;
    if (find_policy(record->policy)->in_batches()) return TxCode::wrong_policy;
    if (const auto code = refuse_commitment(state, env, *record, item_count, commitment);
        code != TxCode::ok)
        return code;
    const Amount bond = submission_bond(checked_value(*record, item_count), record->terms);
    if (env.value != bond) return TxCode::wrong_value;

    commit(state, env, *record, {.commitment = commitment, .item_count = item_count, .bond = bond});
    return TxCode::ok;
}

TxCode CommitUnbonded::check(const TxEnv&) const {
    return refuse_commitment_form(item_count, commitment);
}

TxCode CommitUnbonded::execute(State& state, const TxEnv& env) const {
    const auto record = state.get(kOrders, order);
    if (!record) return TxCode::order_not_found;
    if (find_policy(record->policy)->in_batches()) return TxCode::wrong_policy;
    if (const auto code = refuse_commitment(state, env, *record, item_count, commitment);
        code != TxCode::ok)
        return code;
    if (const auto code = refuse_unbonded(state, env, *record, item_count); code != TxCode::ok)
        return code;

    commit(state, env, *record,
           {.commitment = commitment, .item_count = item_count, .unbonded = true});
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
    reveal(state, env.block, *record);
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
    if (waits_for_audit(state, submission)) return TxCode::not_settleable;  // the same

    pass_deadline(state, env.block, submission);
    return TxCode::ok;
}

}  // namespace assay::market
