// The answers about disputes.
#include "modules/disputes/views.hpp"

#include "modules/disputes/division.hpp"
#include "modules/disputes/judging.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/params.hpp"
#include "modules/disputes/rounds.hpp"

namespace assay::disputes {

namespace {

Error no_dispute(std::uint64_t id) {
    return failure("dispute " + std::to_string(id) + " does not exist");
}

}  // namespace

Result<Dispute> GetDispute::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kDisputes, dispute);
    if (!record) return no_dispute(dispute);
    return *record;
}

Result<DisputeRecord> GetDisputeRecord::view(const State& state, const BlockEnv& block) const {
    const auto record = state.get(kDisputes, dispute);
    if (!record) return no_dispute(dispute);
    DisputeRecord out{.chain_id = block.chain_id,
                      .dispute = *record,
                      .rounds = rounds_of(state, *record),
                      .backers = backers_of(state, *record),
                      .panels = {}};
    for (std::uint8_t draw = 1; draw <= record->draws; ++draw)
        out.panels.push_back({.draw = state.must_get(kDraws, {.dispute = dispute, .draw = draw}),
                              .seats = panel_of(state, dispute, draw)});
    return out;
}

Result<std::vector<Round>> GetRounds::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kDisputes, dispute);
    if (!record) return no_dispute(dispute);
    return rounds_of(state, *record);
}

Result<std::vector<Backer>> GetBackers::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kDisputes, dispute);
    if (!record) return no_dispute(dispute);
    return backers_of(state, *record);
}

Result<std::vector<Seat>> GetPanel::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kDisputes, dispute);
    if (!record) return no_dispute(dispute);
    return panel_of(state, dispute, record->draws);
}

Result<std::vector<Dispute>> ListDisputes::view(const State& state, const BlockEnv&) const {
    if (limit == 0 || limit > kMaxPage)
        return failure("limit is outside 1.." + std::to_string(kMaxPage));
    std::vector<Dispute> out;
    const std::uint64_t last = state.get_or_default(kLastDispute, {});
    for (std::uint64_t id = after; id < last && out.size() < limit; ++id)
        out.push_back(state.must_get(kDisputes, id + 1));
    return out;
}

Result<Amount> QuoteChallenge::view(const State& state, const BlockEnv& block) const {
    const auto terms = needs::challenge_terms(state, block, submission);
    if (!terms) return failure("submission " + std::to_string(submission) + " was not revealed");
    Params params = state.must_get(kParams, {});
    params.jury_fee = fee_of_dispute(terms->value, terms->bond, params);
    const RoundCost cost = challenge_cost(terms->bond, params);
    return sum_of(cost.bond, cost.fees);
}

Result<Amount> QuoteContest::view(const State& state, const BlockEnv& block) const {
    return QuoteChallenge{.submission = submission}.view(state, block);
}

Result<Amount> QuoteJoin::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kDisputes, dispute);
    if (!record) return no_dispute(dispute);
    const Backer first = state.must_get(kBackers, {.dispute = dispute, .backer = 0});
    return join_bond(first.bond, record->terms);
}

Result<Amount> QuoteAppeal::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kDisputes, dispute);
    if (!record) return no_dispute(dispute);
    if (record->round + 1 == kMaxRounds)
        return failure("dispute " + std::to_string(dispute) + " is in its last round");
    const RoundCost cost = appeal_cost(static_cast<std::uint8_t>(record->round + 1), record->terms);
    return sum_of(cost.bond, cost.fees);
}

Result<Params> GetDisputeParams::view(const State& state, const BlockEnv&) const {
    return state.must_get(kParams, {});
}

}  // namespace assay::disputes
