// Lots, the fresh panel, and what it found.
#include "modules/disputes/review.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/disputes/division.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/judging.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/rounds.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/seating.hpp"
#include "modules/disputes/settle.hpp"

namespace assay::disputes {

namespace {

bool is_due(const BlockEnv& block, const Dispute& dispute, std::uint8_t round) {
    if (dispute.by_default) return false;
    const Amount limit = pool_limit(dispute.ruling, slashed_by_challenge(dispute),
                                    dispute.bonds_lost, dispute.terms);
    if (review_premium(limit, round, dispute.terms).is_zero()) return false;
    return is_drawn_for_review(block.chain_id, dispute.id, dispute.ruled_beacon,
                               dispute.terms.review_ppm);
}

// Fresh: nobody who judged this dispute before.
std::vector<Address> excluded_from_review(const State& state, const Dispute& dispute) {
    std::vector<Address> out = excluded_from(state, dispute);
    for (std::uint8_t draw = 1; draw <= dispute.draws; ++draw)
        for (const Seat& seat : panel_of(state, dispute.id, draw)) out.push_back(seat.juror);
    return out;
}

}  // namespace

bool begin_review(State& state, const BlockEnv& block, Dispute& dispute) {
    dispute.ruled_beacon = needs::beacon_value(state);
    const std::uint8_t round = ruling_round(rounds_of(state, dispute));
    if (!is_due(block, dispute, round)) return false;
    const Amount fees = appeal_cost(round, dispute.terms).fees;
    if (ledger::balance(state, pool::kJurorFees) < fees) return false;
    Dispute drawn = dispute;
    const auto jurors =
        draw_jurors(state, block, drawn, panel_seats(round), excluded_from_review(state, dispute));
    if (jurors.size() < quorum_of(panel_seats(round))) return false;

    dispute = drawn;
    dispute.reviewing = true;
    dispute.reviewed = true;
    ledger::move(state, pool::kJurorFees, pool::kDisputeFees, fees);
    dispute.fees = sum_of(dispute.fees, fees);
    dispute.fees_collected = sum_of(dispute.fees_collected, fees);
    dispute.draws_of_round = kMaxDraws;  // no second panel
    state.put(kRounds, {.dispute = dispute.id, .round = kReviewRound},
              {.round = kReviewRound,
               .seats = panel_seats(round),
               .opener = pool::kJurorFees,
               .fees = fees});
    note_draw(state, block, dispute, kReviewRound, jurors.size());
    emit(state, ModuleId::disputes,
         ReviewBegan{.dispute = dispute.id,
                     .seats = static_cast<std::uint8_t>(jurors.size()),
                     .fees = fees});
    seat_panel(state, block, dispute, jurors);
    return true;
}

void close_review(State& state, const BlockEnv& block, Dispute& dispute,
                  std::optional<Choice> ruling) {
    Round review = present_round(state, dispute);
    review.by_default = !ruling;
    review.ruling = ruling.value_or(Choice{});
    state.put(kRounds, {.dispute = dispute.id, .round = kReviewRound}, review);
    dispute.reviewing = false;
    emit(state, ModuleId::disputes,
         RoundRuled{.dispute = dispute.id,
                    .round = kReviewRound,
                    .ruling = ruling.value_or(dispute.ruling),
                    .votes_accept = dispute.votes_accept,
                    .votes_reject = dispute.votes_reject,
                    .by_default = review.by_default,
                    .appeal_ends_s = 0});
    settle_next_round(state, block, dispute);
}

Choice standard_of(const State& state, const Dispute& dispute) {
    if (!dispute.reviewed) return dispute.ruling;
    const Round review = state.must_get(kRounds, {.dispute = dispute.id, .round = kReviewRound});
    return review.by_default ? dispute.ruling : review.ruling;
}

}  // namespace assay::disputes
