// How scores grow, shrink and are read.
#include "modules/reputation/standing.hpp"

#include <algorithm>
#include <array>

#include "chain/exec/event.hpp"
#include "modules/reputation/api.hpp"
#include "modules/reputation/decay.hpp"
#include "modules/reputation/events.hpp"
#include "modules/reputation/needs.hpp"

namespace assay::reputation {

namespace {

void put(State& state, const Address& account, const Standing& standing, Cause cause,
         const Address& buyer = {}) {
    state.put(kStandings, account, standing);
    emit(state, ModuleId::reputation,
         ReputationChanged{.account = account,
                           .buyer = buyer,
                           .cause = cause,
                           .score_ppm = standing.score_ppm,
                           .step = standing.step,
                           .buyers = standing.buyers});
}

}  // namespace

std::uint64_t step_at(const BlockEnv& block, const Params& params) {
    return block.time_s / params.step_s;
}

Standing standing_of(const State& state, const BlockEnv& block, const Address& account) {
    Standing out = state.get_or_default(kStandings, account);
    const std::uint64_t now = step_at(block, state.must_get(kParams, {}));
    out.score_ppm = decayed(out.score_ppm, now - std::min(now, out.step));
    out.step = now;
    return out;
}

Counterparty counterparty_of(const State& state, const BlockEnv& block, const Pair& pair) {
    Counterparty out = state.get_or_default(kCounterparties, pair);
    const std::uint32_t frauds = state.get_or_default(kStandings, pair.contributor).frauds;
    if (out.frauds != frauds) out = {.frauds = frauds};
    const std::uint64_t now = step_at(block, state.must_get(kParams, {}));
    out.given_ppm = decayed_up(out.given_ppm, now - std::min(now, out.step));
    out.step = now;
    return out;
}

std::uint32_t points_of(Amount burned, const Params& params) {
    if (burned >= params.full_burn) return kFullScore_ppm;
    const auto points = mul_div_floor(burned, Amount(kFullScore_ppm), params.full_burn);
    CHECK(points.has_value());
    return static_cast<std::uint32_t>(points->low());
}

std::uint8_t tier_for(std::uint32_t score_ppm, std::uint32_t buyers, Amount stake,
                      const Params& params) {
    std::uint8_t tier = 0;
    for (const TierRule& rule : std::array{params.t1, params.t2, params.t3, params.t4}) {
        if (score_ppm < rule.score_ppm || buyers < rule.buyers || stake < rule.stake) break;
        ++tier;
    }
    return tier;
}

std::uint8_t tier_of(const State& state, const BlockEnv& block, const Address& account) {
    const Standing standing = standing_of(state, block, account);
    if (standing.score_ppm == 0) return 0;
    return tier_for(standing.score_ppm, standing.buyers, needs::stake_of(state, account),
                    state.must_get(kParams, {}));
}

void fee_burned(State& state, const BlockEnv& block, const BurnedFee& fee) {
    const Params params = state.must_get(kParams, {});
    const Pair pair{.contributor = fee.contributor, .buyer = fee.buyer};
    Standing standing = standing_of(state, block, fee.contributor);
    Counterparty giver = counterparty_of(state, block, pair);
    const std::uint32_t room =
        params.counterparty_cap_ppm - std::min(params.counterparty_cap_ppm, giver.given_ppm);
    const std::uint32_t points = std::min(room, points_of(fee.burned, params));
    if (points == 0) return;  // else dust would write records

    standing.score_ppm = std::min(kFullScore_ppm, standing.score_ppm + points);
    standing.burned = sum_of(standing.burned, fee.burned);
    giver.given_ppm += points;
    if (!giver.counts && giver.given_ppm >= params.buyer_counts_ppm) {
        giver.counts = true;
        ++standing.buyers;
    }
    state.put(kCounterparties, pair, giver);
    put(state, fee.contributor, standing, Cause::fee_burned, fee.buyer);
}

void work_rejected(State& state, const Address& contributor) {
    Standing standing = state.get_or_default(kStandings, contributor);
    const std::uint64_t kept = kPpm - state.must_get(kParams, {}).rejection_ppm;
    standing.score_ppm = static_cast<std::uint32_t>(standing.score_ppm * kept / kPpm);
    ++standing.rejections;
    put(state, contributor, standing, Cause::rejection);
}

void fraud_shown(State& state, const Address& contributor) {
    Standing standing = state.get_or_default(kStandings, contributor);
    standing.score_ppm = 0;
    standing.buyers = 0;
    ++standing.frauds;
    put(state, contributor, standing, Cause::fraud);
}

}  // namespace assay::reputation
