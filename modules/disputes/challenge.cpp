// The rules of a challenge.
#include "chain/exec/event.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/params.hpp"
#include "modules/disputes/rounds.hpp"

namespace assay::disputes {

namespace {

bool is_known(Claim claim) {
    switch (claim) {
        case Claim::low_quality:
        case Claim::plagiarism:
        case Claim::off_spec:
        case Claim::unlawful: return true;
    }
    return false;
}

}  // namespace

TxCode Challenge::check(const TxEnv&) const {
    if (!is_known(claim)) return TxCode::unknown_claim;
    if (evidence_root.is_zero()) return TxCode::hash_zero;
    if (evidence_uri.size() > kMaxEvidenceUriBytes) return TxCode::text_too_long;
    return TxCode::ok;
}

TxCode Challenge::execute(State& state, const TxEnv& env) const {
    const auto terms = needs::challenge_terms(state, env.block, submission);
    if (!terms) return TxCode::submission_not_found;
    if (terms->contributor == env.sender) return TxCode::own_submission;
    if (state.contains(kDisputeOf, submission)) return TxCode::already_challenged;
    if (!terms->window_open) return TxCode::window_closed;
    Params params = state.must_get(kParams, {});
    params.jury_fee = fee_of_dispute(terms->value, params);
    const RoundCost cost = challenge_cost(terms->bond, params);
    if (checked_add(cost.bond, cost.fees) != env.value) return TxCode::wrong_value;

    const std::uint64_t id = state.get_or_default(kLastDispute, {}) + 1;
    state.put(kLastDispute, {}, id);
    state.put(kDisputeOf, submission, id);
    Dispute dispute{.id = id,
                    .submission = submission,
                    .order = terms->order,
                    .challenger = env.sender,
                    .contributor = terms->contributor,
                    .buyer = terms->buyer,
                    .claim = claim,
                    .evidence_root = evidence_root,
                    .evidence_uri = evidence_uri,
                    .seed = {},
                    .opened_s = env.block.time_s,
                    .terms = params,
                    .contributor_bond = terms->bond,
                    .value_at_stake = terms->value};
    add_backer(state, dispute,
               {.account = env.sender,
                .role = Role::challenger,
                .side = Choice::reject,
                .bond = cost.bond,
                .evidence_root = evidence_root,
                .evidence_uri = evidence_uri});
    open_round(state, env.block, dispute, env.sender, Choice::reject, cost.fees);
    needs::mark_disputed(state, env.block, submission, id);
    emit(state, ModuleId::disputes,
         DisputeOpened{.dispute = id,
                       .submission = submission,
                       .challenger = env.sender,
                       .claim = claim,
                       .evidence_root = evidence_root,
                       .bond = cost.bond});
    return TxCode::ok;
}

}  // namespace assay::disputes
