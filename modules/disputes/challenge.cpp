// The rules of a challenge and of a contest.
#include "chain/exec/event.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/params.hpp"
#include "modules/disputes/rounds.hpp"
#include "modules/disputes/ruling.hpp"

namespace assay::disputes {

namespace {

bool is_known(Claim claim) {
    switch (claim) {
        case Claim::low_quality:
        case Claim::plagiarism:
        case Claim::off_spec:
        case Claim::unlawful: return true;
        case Claim::wrong_verdict: break;  // its own message
    }
    return false;
}

TxCode refuse_form(const Hash256& evidence_root, const std::string& evidence_uri) {
    if (evidence_root.is_zero()) return TxCode::hash_zero;
    if (evidence_uri.size() > kMaxEvidenceUriBytes) return TxCode::text_too_long;
    return TxCode::ok;
}

// What a dispute about the submission is opened with.
struct Opening {
    std::uint64_t submission = 0;
    Claim claim{};
    const Hash256& evidence_root;
    const std::string& evidence_uri;
};

// Refuses by value, or opens the dispute.
TxCode open(State& state, const TxEnv& env, const needs::ChallengeTerms& terms,
            const Opening& opening) {
    Params params = state.must_get(kParams, {});
    params.jury_fee = fee_of_dispute(terms.value, terms.bond, params);
    const RoundCost cost = challenge_cost(terms.bond, params);
    if (checked_add(cost.bond, cost.fees) != env.value) return TxCode::wrong_value;

    const std::uint64_t id = state.get_or_default(kLastDispute, {}) + 1;
    const Choice side = side_of_opener(opening.claim);
    state.put(kLastDispute, {}, id);
    state.put(kDisputeOf, opening.submission, id);
    Dispute dispute{.id = id,
                    .submission = opening.submission,
                    .order = terms.order,
                    .challenger = env.sender,
                    .contributor = terms.contributor,
                    .buyer = terms.buyer,
                    .claim = opening.claim,
                    .evidence_root = opening.evidence_root,
                    .evidence_uri = opening.evidence_uri,
                    .seed = {},
                    .opened_s = env.block.time_s,
                    .terms = params,
                    .contributor_bond = terms.bond,
                    .value_at_stake = terms.value};
    add_backer(state, dispute,
               {.account = env.sender,
                .role = Role::challenger,
                .side = side,
                .bond = cost.bond,
                .evidence_root = opening.evidence_root,
                .evidence_uri = opening.evidence_uri});
    open_round(state, env.block, dispute, env.sender, side, cost.fees);
    needs::mark_disputed(state, env.block, opening.submission, id);
    emit(state, ModuleId::disputes,
         DisputeOpened{.dispute = id,
                       .submission = opening.submission,
                       .challenger = env.sender,
                       .claim = opening.claim,
                       .evidence_root = opening.evidence_root,
                       .bond = cost.bond});
    return TxCode::ok;
}

}  // namespace

TxCode Challenge::check(const TxEnv&) const {
    if (!is_known(claim)) return TxCode::unknown_claim;
    return refuse_form(evidence_root, evidence_uri);
}

TxCode Challenge::execute(State& state, const TxEnv& env) const {
    const auto terms = needs::challenge_terms(state, env.block, submission);
    if (!terms) return TxCode::submission_not_found;
    if (terms->contributor == env.sender) return TxCode::own_submission;
    if (state.contains(kDisputeOf, submission)) return TxCode::already_challenged;
    if (!terms->window_open) return TxCode::window_closed;
    if (terms->failed) return TxCode::verdict_failed;
    return open(state, env, *terms,
                {.submission = submission,
                 .claim = claim,
                 .evidence_root = evidence_root,
                 .evidence_uri = evidence_uri});
}

TxCode Contest::check(const TxEnv&) const {
    return refuse_form(evidence_root, evidence_uri);
}

TxCode Contest::execute(State& state, const TxEnv& env) const {
    const auto terms = needs::challenge_terms(state, env.block, submission);
    if (!terms) return TxCode::submission_not_found;
    if (terms->contributor != env.sender) return TxCode::not_owner;
    if (state.contains(kDisputeOf, submission)) return TxCode::already_challenged;
    if (!terms->window_open) return TxCode::window_closed;
    if (!terms->contestable) return TxCode::verdict_passed;
    return open(state, env, *terms,
                {.submission = submission,
                 .claim = Claim::wrong_verdict,
                 .evidence_root = evidence_root,
                 .evidence_uri = evidence_uri});
}

}  // namespace assay::disputes
