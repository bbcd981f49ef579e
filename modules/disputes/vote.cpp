// The rules of voting: commit, then reveal, one slot a seat.
#include "chain/exec/event.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/panel.hpp"

namespace assay::disputes {

namespace {

SeatKey key_of(const Dispute& dispute, std::uint8_t seat) {
    return {.dispute = dispute.id, .draw = dispute.draws, .seat = seat};
}

// What a commit and a reveal have in common: the phase runs and the sender holds the seat.
TxCode refuse_vote(const State& state, const TxEnv& env, const Dispute& dispute, Phase phase,
                   std::uint8_t seat) {
    if (dispute.phase != phase) return TxCode::dispute_wrong_phase;
    if (env.block.time_s >= dispute.deadline_s) return TxCode::too_late;
    const auto record = state.get(kSeats, key_of(dispute, seat));
    if (!record) return TxCode::seat_not_found;
    if (record->juror != env.sender) return TxCode::not_a_juror;
    return TxCode::ok;
}

}  // namespace

TxCode VoteCommit::check(const TxEnv&) const {
    if (commitment.is_zero()) return TxCode::hash_zero;
    return TxCode::ok;
}

TxCode VoteCommit::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kDisputes, dispute);
    if (!record) return TxCode::dispute_not_found;
    const TxCode refusal = refuse_vote(state, env, *record, Phase::commit, seat);
    if (refusal != TxCode::ok) return refusal;
    Seat mine = state.must_get(kSeats, key_of(*record, seat));
    if (!mine.commitment.is_zero()) return TxCode::already_voted;

    mine.commitment = commitment;
    state.put(kSeats, key_of(*record, seat), mine);
    ++record->commits;
    state.put(kDisputes, dispute, *record);
    emit(state, ModuleId::disputes,
         VoteCommitted{.dispute = dispute, .juror = env.sender, .seat = seat});
    if (record->commits == record->seats) move_deadline(state, *record, env.block.time_s);
    return TxCode::ok;
}

TxCode VoteReveal::check(const TxEnv&) const {
    if (choice != Choice::accept && choice != Choice::reject) return TxCode::unknown_choice;
    return TxCode::ok;
}

TxCode VoteReveal::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kDisputes, dispute);
    if (!record) return TxCode::dispute_not_found;
    const TxCode refusal = refuse_vote(state, env, *record, Phase::reveal, seat);
    if (refusal != TxCode::ok) return refusal;
    Seat mine = state.must_get(kSeats, key_of(*record, seat));
    if (mine.choice != Choice{}) return TxCode::already_voted;
    if (vote_commitment(env.block.chain_id, dispute, record->draws, seat, env.sender, choice,
                        salt) != mine.commitment)
        return TxCode::vote_mismatch;

    mine.choice = choice;
    mine.salt = salt;
    state.put(kSeats, key_of(*record, seat), mine);
    ++record->reveals;
    ++(choice == Choice::accept ? record->votes_accept : record->votes_reject);
    state.put(kDisputes, dispute, *record);
    emit(state, ModuleId::disputes,
         VoteRevealed{.dispute = dispute, .juror = env.sender, .seat = seat, .choice = choice});
    if (record->reveals == record->commits) move_deadline(state, *record, env.block.time_s);
    return TxCode::ok;
}

}  // namespace assay::disputes
