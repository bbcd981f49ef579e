// The edges between rounds.
#include "modules/disputes/rounds.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/panel.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/settle.hpp"

namespace assay::disputes {

std::vector<Round> rounds_of(const State& state, const Dispute& dispute) {
    std::vector<Round> out;
    for (std::uint8_t i = 0; i <= dispute.round; ++i)
        out.push_back(state.must_get(kRounds, {.dispute = dispute.id, .round = i}));
    if (dispute.reviewed)
        out.push_back(state.must_get(kRounds, {.dispute = dispute.id, .round = kReviewRound}));
    return out;
}

Round present_round(const State& state, const Dispute& dispute) {
    const std::uint8_t round = dispute.reviewing ? kReviewRound : dispute.round;
    return state.must_get(kRounds, {.dispute = dispute.id, .round = round});
}

std::vector<Backer> backers_of(const State& state, const Dispute& dispute) {
    std::vector<Backer> out;
    for (std::uint8_t i = 0; i < dispute.backers; ++i)
        out.push_back(state.must_get(kBackers, {.dispute = dispute.id, .backer = i}));
    return out;
}

void add_backer(State& state, Dispute& dispute, Backer backer) {
    CHECK(dispute.backers < kMaxBackers);
    ledger::move(state, module_address(ModuleId::disputes), pool::kDisputeBonds, backer.bond);
    dispute.bonds = sum_of(dispute.bonds, backer.bond);
    backer.backer = dispute.backers++;
    state.put(kBackers, {.dispute = dispute.id, .backer = backer.backer}, backer);
}

void open_round(State& state, const BlockEnv& block, Dispute& dispute, const Address& opener,
                Choice side, Amount fees) {
    ledger::move(state, module_address(ModuleId::disputes), pool::kDisputeFees, fees);
    dispute.fees = sum_of(dispute.fees, fees);
    dispute.fees_collected = sum_of(dispute.fees_collected, fees);
    dispute.draws_of_round = 0;
    state.put(kRounds, {.dispute = dispute.id, .round = dispute.round},
              {.round = dispute.round,
               .seats = panel_seats(dispute.round),
               .opener = opener,
               .side = side,
               .fees = fees});
    enter_phase(state, dispute, Phase::evidence, block.time_s + dispute.terms.evidence_s);
}

void close_round(State& state, const BlockEnv& block, Dispute& dispute,
                 std::optional<Choice> ruling) {
    const RoundKey key{.dispute = dispute.id, .round = dispute.round};
    Round round = state.must_get(kRounds, key);
    const bool last = !ruling || dispute.round + 1 == kMaxRounds;
    round.by_default = !ruling;
    if (ruling) round.ruling = *ruling;
    state.put(kRounds, key, round);
    if (ruling) dispute.ruling = *ruling;
    if (!ruling && dispute.round == 0) {
        dispute.by_default = true;
        dispute.ruling = opposite(side_of_opener(dispute.claim));
    }
    const std::uint64_t appeal_ends_s = last ? 0 : block.time_s + dispute.terms.appeal_s;
    emit(state, ModuleId::disputes,
         RoundRuled{.dispute = dispute.id,
                    .round = dispute.round,
                    .ruling = dispute.ruling,
                    .votes_accept = dispute.votes_accept,
                    .votes_reject = dispute.votes_reject,
                    .by_default = round.by_default,
                    .appeal_ends_s = appeal_ends_s});
    if (last) return rule(state, block, dispute);
    enter_phase(state, dispute, Phase::appealable, appeal_ends_s);
}

}  // namespace assay::disputes
