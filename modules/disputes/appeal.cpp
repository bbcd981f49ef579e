// The rules of appealing and of joining a side.
#include "chain/exec/deadlines.hpp"
#include "chain/exec/event.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/panel.hpp"
#include "modules/disputes/params.hpp"
#include "modules/disputes/rounds.hpp"
#include "modules/disputes/ruling.hpp"

namespace assay::disputes {

namespace {

// Contributor and challenger each stand for one answer; nobody else is bound to a side.
bool stands_against(const Dispute& dispute, const Address& who, Choice side) {
    if (who == dispute.contributor) return side == Choice::reject;
    if (who == dispute.challenger) return side == Choice::accept;
    return false;
}

bool is_backer(const State& state, const Dispute& dispute, const Address& who) {
    for (const Backer& backer : backers_of(state, dispute))
        if (backer.account == who) return true;
    return false;
}

// A reason given in the last tenth of the evidence period leaves others that long to answer, once.
void extend_if_late(State& state, const BlockEnv& block, Dispute& dispute) {
    const std::uint64_t extension = extension_s(dispute.terms);
    if (dispute.extended || block.time_s + extension < dispute.deadline_s) return;
    dispute.extended = true;
    move_deadline(state, dispute, dispute.deadline_s + extension);
}

}  // namespace

TxCode JoinDispute::check(const TxEnv&) const {
    if (side != Choice::accept && side != Choice::reject) return TxCode::unknown_choice;
    if (evidence_root.is_zero()) return TxCode::hash_zero;
    if (evidence_uri.size() > kMaxEvidenceUriBytes) return TxCode::text_too_long;
    return TxCode::ok;
}

TxCode JoinDispute::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kDisputes, dispute);
    if (!record) return TxCode::dispute_not_found;
    if (record->phase != Phase::evidence || record->draws != 0) return TxCode::dispute_wrong_phase;
    if (env.block.time_s >= record->deadline_s) return TxCode::too_late;
    if (stands_against(*record, env.sender, side)) return TxCode::wrong_side;
    if (is_backer(state, *record, env.sender)) return TxCode::already_joined;
    if (record->joiners == kMaxJoiners) return TxCode::join_limit_reached;
    const Backer first = state.must_get(kBackers, {.dispute = dispute, .backer = 0});
    const Amount bond = join_bond(first.bond, record->terms);
    if (env.value != bond) return TxCode::wrong_value;

    ++record->joiners;
    add_backer(state, *record,
               {.account = env.sender,
                .role = Role::joiner,
                .side = side,
                .bond = bond,
                .evidence_root = evidence_root,
                .evidence_uri = evidence_uri});
    extend_if_late(state, env.block, *record);
    state.put(kDisputes, dispute, *record);
    emit(state, ModuleId::disputes,
         DisputeJoined{.dispute = dispute,
                       .joiner = env.sender,
                       .side = side,
                       .evidence_root = evidence_root,
                       .bond = bond});
    return TxCode::ok;
}

TxCode Appeal::check(const TxEnv&) const {
    if (evidence_root.is_zero()) return TxCode::hash_zero;
    if (evidence_uri.size() > kMaxEvidenceUriBytes) return TxCode::text_too_long;
    return TxCode::ok;
}

TxCode Appeal::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kDisputes, dispute);
    if (!record) return TxCode::dispute_not_found;
    if (record->phase != Phase::appealable) return TxCode::dispute_wrong_phase;
    if (env.block.time_s >= record->deadline_s) return TxCode::too_late;
    const Choice side = opposite(record->ruling);
    if (stands_against(*record, env.sender, side)) return TxCode::wrong_side;
    const auto round = static_cast<std::uint8_t>(record->round + 1);
    if (seats != panel_seats(round)) return TxCode::dispute_wrong_phase;
    const RoundCost cost = appeal_cost(round, record->terms);
    if (checked_add(cost.bond, cost.fees) != env.value) return TxCode::wrong_value;

    unschedule(state, deadline_of(*record));
    record->round = round;
    add_backer(state, *record,
               {.account = env.sender,
                .role = Role::appellant,
                .side = side,
                .round = round,
                .bond = cost.bond,
                .evidence_root = evidence_root,
                .evidence_uri = evidence_uri});
    open_round(state, env.block, *record, env.sender, side, cost.fees);
    emit(state, ModuleId::disputes,
         Appealed{.dispute = dispute,
                  .appellant = env.sender,
                  .round = round,
                  .side = side,
                  .evidence_root = evidence_root,
                  .bond = cost.bond});
    return TxCode::ok;
}

}  // namespace assay::disputes
