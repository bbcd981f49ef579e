// Who gets what when a dispute is over.
#include "modules/disputes/settle.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/panel.hpp"
#include "modules/disputes/ruling.hpp"

namespace assay::disputes {

namespace {

// A challenger who was right should not pay for justice: the jurors' pool pays first, as far as it
// has money and up to pool_fees_ppm of the slashed bond.
void draw_on_pool(State& state, Dispute& dispute, std::uint64_t paid_seats) {
    const auto owed = checked_mul(dispute.terms.jury_fee, Amount(paid_seats));
    CHECK(owed.has_value());
    const Amount limit = ppm_floor(dispute.contributor_bond, dispute.terms.pool_fees_ppm);
    const Amount from_pool = min_of(min_of(*owed, limit), ledger::balance(state, pool::kJurorFees));
    ledger::move(state, pool::kJurorFees, pool::kDisputeFees, from_pool);
    dispute.fees = sum_of(dispute.fees, from_pool);
    dispute.fees_collected = sum_of(dispute.fees_collected, from_pool);
}

// What is left of the fees goes back to the challenger.
void release_fees(State& state, Dispute& dispute, Amount paid) {
    ledger::move(state, pool::kDisputeFees, dispute.challenger, difference_of(dispute.fees, paid));
    dispute.fees = {};
    dispute.fees_paid = paid;
}

void release_bond(State& state, Dispute& dispute, bool lost) {
    const Amount bond = std::exchange(dispute.bond, Amount{});
    if (!lost) return ledger::move(state, pool::kDisputeBonds, dispute.challenger, bond);
    const Amount share = ppm_floor(bond, dispute.terms.lost_bond_to_contributor_ppm);
    ledger::move(state, pool::kDisputeBonds, dispute.contributor, share);
    ledger::burn(state, pool::kDisputeBonds, difference_of(bond, share), BurnReason::slash);
}

// The last write of a dispute; the market hears of it when the record is final.
void finish(State& state, const BlockEnv& block, Dispute& dispute, Choice ruling) {
    dispute.phase = Phase::ruled;
    dispute.deadline_s = 0;
    dispute.ruling = ruling;
    state.put(kDisputes, dispute.id, dispute);
    emit(state, ModuleId::disputes,
         DisputeRuled{.dispute = dispute.id,
                      .submission = dispute.submission,
                      .ruling = ruling,
                      .votes_accept = dispute.votes_accept,
                      .votes_reject = dispute.votes_reject,
                      .by_default = dispute.by_default});
    if (ruling == Choice::accept)
        needs::resolve_accepted(state, block, dispute.submission);
    else
        needs::resolve_rejected(state, block, dispute.submission, dispute.challenger,
                                static_cast<std::uint8_t>(dispute.claim), dispute.evidence_root);
}

}  // namespace

void settle_ruled(State& state, const BlockEnv& block, Dispute& dispute, std::vector<Seat> seats,
                  Choice ruling) {
    if (ruling == Choice::reject) draw_on_pool(state, dispute, dispute.votes_reject);
    const Amount paid =
        judge_panel(state, dispute, std::move(seats), ruling, dispute.terms.jury_fee);
    release_fees(state, dispute, paid);
    release_bond(state, dispute, ruling == Choice::accept);
    finish(state, block, dispute, ruling);
}

void settle_default(State& state, const BlockEnv& block, Dispute& dispute,
                    std::vector<Seat> seats) {
    dispute.by_default = true;
    const Amount paid =
        judge_panel(state, dispute, std::move(seats), std::nullopt, dispute.terms.jury_fee);
    release_fees(state, dispute, paid);
    release_bond(state, dispute, false);
    finish(state, block, dispute, Choice::accept);
}

}  // namespace assay::disputes
