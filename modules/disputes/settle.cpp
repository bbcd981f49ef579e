// Who gets what when a dispute is over.
#include "modules/disputes/settle.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/disputes/division.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/judging.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/panel.hpp"
#include "modules/disputes/review.hpp"
#include "modules/disputes/rounds.hpp"
#include "modules/disputes/ruling.hpp"

namespace assay::disputes {

namespace {

std::vector<bool> defaulted_rounds(const State& state, const Dispute& dispute) {
    std::vector<bool> out;
    for (const Round& round : rounds_of(state, dispute)) out.push_back(round.by_default);
    return out;
}

bool has_company(const std::vector<Backer>& backers, const std::vector<bool>& defaulted) {
    std::size_t out = 0;
    for (const Backer& each : backers)
        if (each.side == Choice::reject && !defaulted[each.round]) ++out;
    return out > 1;
}

// The market's resolution. Returns what it paid of the contributor's bond for several backers to
// share; a single challenger is paid by the market.
Amount resolve(State& state, const BlockEnv& block, const Dispute& dispute, bool shared) {
    if (dispute.claim == Claim::wrong_verdict) {
        needs::resolve_contest(state, block, dispute.submission, dispute.ruling == Choice::reject);
        return {};
    }
    if (dispute.ruling == Choice::accept) {
        needs::resolve_accepted(state, block, dispute.submission);
        return {};
    }
    const Amount before = ledger::balance(state, pool::kDisputeBonds);
    needs::resolve_rejected(state, block, dispute.submission,
                            shared ? pool::kDisputeBonds : dispute.challenger,
                            static_cast<std::uint8_t>(dispute.claim), dispute.evidence_root);
    return difference_of(ledger::balance(state, pool::kDisputeBonds), before);
}

void pay_backers(State& state, Dispute& dispute, const BondDivision& division) {
    for (const Backer& backer : division.backers) {
        state.put(kBackers, {.dispute = dispute.id, .backer = backer.backer}, backer);
        ledger::move(state, pool::kDisputeBonds, backer.account,
                     sum_of(backer.returned, backer.reward));
        emit(state, ModuleId::disputes,
             BackerPaid{.dispute = dispute.id,
                        .backer = backer.account,
                        .bond = backer.bond,
                        .returned = backer.returned,
                        .reward = backer.reward});
    }
    ledger::move(state, pool::kDisputeBonds, dispute.contributor, division.contributor);
    ledger::burn(state, pool::kDisputeBonds, division.burned, BurnReason::slash);
    dispute.bonds = {};
    dispute.bonds_lost = division.lost;
    dispute.bonds_burned = division.burned;
    dispute.contributor_reward = division.contributor;
}

// Who was right should not pay for justice: the jurors' pool pays first, as far as it has money and
// its limit for this dispute reaches.
Amount draw_on_pool(State& state, Dispute& dispute, Amount owed) {
    const Amount limit = pool_limit(dispute.ruling, slashed_by_challenge(dispute),
                                    dispute.bonds_lost, dispute.terms);
    const Amount premium =
        review_premium(limit, ruling_round(rounds_of(state, dispute)), dispute.terms);
    const Amount left = difference_of(limit, sum_of(premium, dispute.fees_from_pool));
    const Amount out = min_of(min_of(owed, left), ledger::balance(state, pool::kJurorFees));
    ledger::move(state, pool::kJurorFees, pool::kDisputeFees, out);
    dispute.fees_collected = sum_of(dispute.fees_collected, out);
    dispute.fees_from_pool = sum_of(dispute.fees_from_pool, out);
    return out;
}

// By what the round's seats are judged: a review's own ruling, or that of the dispute or its
// review.
std::optional<Choice> standard_in(const State& state, const Dispute& dispute, const Round& round) {
    if (round.by_default) return std::nullopt;
    if (round.round == kReviewRound) return round.ruling;
    return standard_of(state, dispute);
}

// Whoever opened the round argued for what was ruled in the end.
bool is_right(const Dispute& dispute, const Round& round) {
    return !round.by_default && round.side == dispute.ruling;
}

}  // namespace

void rule(State& state, const BlockEnv& block, Dispute& dispute) {
    dispute.phase = Phase::settling;
    dispute.deadline_s = 0;
    emit(state, ModuleId::disputes,
         DisputeRuled{.dispute = dispute.id,
                      .submission = dispute.submission,
                      .ruling = dispute.ruling,
                      .votes_accept = dispute.votes_accept,
                      .votes_reject = dispute.votes_reject,
                      .by_default = dispute.by_default,
                      .rounds = static_cast<std::uint8_t>(dispute.round + 1)});
    std::vector<Backer> backers = backers_of(state, dispute);
    std::vector<bool> defaulted = defaulted_rounds(state, dispute);
    dispute.slash_shared = resolve(state, block, dispute, has_company(backers, defaulted));
    pay_backers(state, dispute,
                divide_bonds(std::move(backers),
                             {.ruling = dispute.ruling,
                              .defaulted = std::move(defaulted),
                              .contributor_bond = dispute.contributor_bond,
                              .slash = dispute.slash_shared},
                             dispute.terms));
    if (!begin_review(state, block, dispute)) settle_next_round(state, block, dispute);
}

void settle_next_round(State& state, const BlockEnv& block, Dispute& dispute) {
    const bool is_review = dispute.rounds_settled > dispute.round;
    const RoundKey key{.dispute = dispute.id,
                       .round = is_review ? kReviewRound : dispute.rounds_settled};
    Round round = state.must_get(kRounds, key);
    const auto draw = static_cast<std::uint8_t>(round.first_draw + round.draws - 1);
    const auto standard = standard_in(state, dispute, round);
    auto seats = panel_of(state, dispute.id, draw);
    const auto owed = checked_mul(dispute.terms.jury_fee, Amount(paid_seats_of(seats, standard)));
    CHECK(owed.has_value());
    round.paid = *owed;
    if (is_right(dispute, round)) round.from_pool = draw_on_pool(state, dispute, *owed);
    judge_panel(state, dispute, draw, std::move(seats), standard, dispute.terms.jury_fee);
    ledger::move(state, pool::kDisputeFees, round.opener,
                 difference_of(sum_of(round.fees, round.from_pool), round.paid));
    round.settled = true;
    state.put(kRounds, key, round);
    dispute.fees = difference_of(dispute.fees, round.fees);
    dispute.fees_paid = sum_of(dispute.fees_paid, round.paid);
    ++dispute.rounds_settled;
    if (dispute.rounds_settled <= dispute.round + (dispute.reviewed ? 1 : 0))
        return enter_phase(state, dispute, Phase::settling, block.time_s + 1);
    dispute.phase = Phase::ruled;
    dispute.deadline_s = 0;
    state.put(kDisputes, dispute.id, dispute);
}

}  // namespace assay::disputes
