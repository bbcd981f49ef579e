// What the market does for disputes and datasets.
#include "modules/market/api.hpp"

#include "modules/market/audit.hpp"
#include "modules/market/lifecycle.hpp"
#include "modules/market/money.hpp"

namespace assay::market {

std::optional<ChallengeTerms> challenge_terms(const State& state, const BlockEnv& block,
                                              std::uint64_t id) {
    const auto submission = state.get(kSubmissions, id);
    if (!submission || submission->root.is_zero()) return std::nullopt;
    const Order order = state.must_get(kOrders, submission->order);
    return ChallengeTerms{.submission = id,
                          .order = order.id,
                          .contributor = submission->contributor,
                          .buyer = order.buyer,
                          .bond = sum_of(submission->bond, submission->pledged),
                          .value_at_stake = checked_value(order, submission->item_count),
                          .root = submission->root,
                          .window_open = submission->state == SubmissionState::window &&
                                         block.time_s < submission->deadline_s,
                          .window_ends_s = submission->deadline_s,
                          .failed = submission->failed,
                          .contestable = submission->verdict_ppm < kPpm};
}

std::vector<Address> graders_of(const State& state, std::uint64_t submission) {
    const auto audit = state.get(kAudits, submission);
    if (!audit || audit->phase == AuditPhase::over) return {};
    std::vector<Address> out;
    for (const GradeSeat& seat : seats_of(state, *audit)) out.push_back(seat.grader);
    return out;
}

void mark_disputed(State& state, const BlockEnv&, std::uint64_t submission, std::uint64_t dispute) {
    begin_dispute(state, submission, dispute);
}

void resolve_accepted(State& state, const BlockEnv& block, std::uint64_t submission) {
    if (!reject_convicted(state, submission)) accept(state, block, submission);
}

void resolve_rejected(State& state, const BlockEnv&, std::uint64_t submission,
                      const Address& challenger, std::uint8_t claim, const Hash256& evidence) {
    if (reject_convicted(state, submission)) return;
    reject(
        state, submission,
        {.challenger = challenger, .reason = Reason::jury, .claim = claim, .evidence = evidence});
}

void resolve_contest(State& state, const BlockEnv& block, std::uint64_t submission, bool upheld) {
    if (reject_convicted(state, submission)) return;
    if (upheld)
        let_verdict_stand(state, block, submission);
    else
        overturn_verdict(state, block, submission);
}

std::optional<Work> work_of(const State& state, std::uint64_t id) {
    const auto submission = state.get(kSubmissions, id);
    if (!submission) return std::nullopt;
    const Order order = state.must_get(kOrders, submission->order);
    return Work{.contributor = submission->contributor,
                .buyer = order.buyer,
                .items = submission->item_count,
                .root = submission->root,
                .stands = submission->state == SubmissionState::accepted ||
                          submission->state == SubmissionState::finalized};
}

}  // namespace assay::market
