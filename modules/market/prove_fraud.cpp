// What counts as a proof of fraud.
#include "modules/market/prove_fraud.hpp"

#include "chain/crypto/hash.hpp"
#include "modules/market/commit_fraud.hpp"
#include "modules/market/lifecycle.hpp"

namespace assay::market {

namespace {

bool same_content(const LeafProof& a, const LeafProof& b) {
    const auto first = well_formed(a);
    const auto second = well_formed(b);
    return first && second && first->content_id == second->content_id;
}

// An earlier work of the same order that was shown and not found to be bad itself.
bool precedes(const Submission& earlier, const Submission& later) {
    if (earlier.order != later.order || earlier.id >= later.id || earlier.root.is_zero())
        return false;
    return earlier.state != SubmissionState::rejected &&
           earlier.state != SubmissionState::clawed_back;
}

bool bad_payload(const ProveFraud& proof, const Order& order) {
    const auto leaf = well_formed(proof.first);
    if (!leaf || leaf->payload_hash != payload_hash(proof.salt, proof.payload)) return false;
    if (proof.payload.size() > order.max_payload_bytes) return true;
    return order.item_kind == ItemKind::original && leaf->content_id != content_id(proof.payload);
}

bool copied(const State& state, const ProveFraud& proof, const Submission& accused,
            const Order& order) {
    if (order.item_kind != ItemKind::original) return false;
    const auto earlier = state.get(kSubmissions, proof.other_submission);
    return earlier && precedes(*earlier, accused) && stands_in(proof.second, *earlier) &&
           same_content(proof.first, proof.second);
}

bool proves(const State& state, const ProveFraud& proof, const Submission& accused) {
    if (!stands_in(proof.first, accused)) return false;
    const Order order = state.must_get(kOrders, accused.order);
    switch (proof.kind) {
        case FraudKind::duplicate_content:
            return proof.first.index != proof.second.index && stands_in(proof.second, accused) &&
                   same_content(proof.first, proof.second);
        case FraudKind::malformed_leaf: return !well_formed(proof.first);
        case FraudKind::copied_content: return copied(state, proof, accused, order);
        case FraudKind::malformed_payload: return bad_payload(proof, order);
        case FraudKind::missing_items: break;  // shown by silence
    }
    return false;
}

}  // namespace

std::uint64_t ProveFraud::gas() const {
    const std::uint64_t bytes = first.leaf.size() + second.leaf.size() + payload.size();
    return kGas + kGasPerHash * (first.path.size() + second.path.size() + bytes / 64);
}

TxCode ProveFraud::check(const TxEnv&) const {
    if (kind < FraudKind::duplicate_content || kind > FraudKind::malformed_payload)
        return TxCode::unknown_claim;
    if (!in_bounds(first) || !in_bounds(second)) return TxCode::proof_malformed;
    if (payload.size() > 2 * kMaxPayloadBytes) return TxCode::bytes_too_long;
    return TxCode::ok;
}

TxCode ProveFraud::execute(State& state, const TxEnv& env) const {
    const auto accused = state.get(kSubmissions, submission);
    if (!accused) return TxCode::submission_not_found;
    if (!may_be_convicted(state, *accused)) return TxCode::submission_wrong_state;
    if (const auto code = refuse_uncommitted(state, env, *this); code != TxCode::ok) return code;
    if (!proves(state, *this, *accused)) return TxCode::fraud_not_proven;

    state.erase(kFraudCommitments, env.sender);
    convict(state, env.block, submission,
            {.prover = env.sender, .kind = kind, .evidence = sha256(record::encode(*this))});
    return TxCode::ok;
}

}  // namespace assay::market
