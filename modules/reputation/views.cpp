// The answers about reputation.
#include "modules/reputation/views.hpp"

#include <algorithm>
#include <array>

#include "modules/reputation/api.hpp"
#include "modules/reputation/needs.hpp"
#include "modules/reputation/standing.hpp"

namespace assay::reputation {

Result<Reputation> ReputationOf::view(const State& state, const BlockEnv& block) const {
    const Params params = state.must_get(kParams, {});
    const Standing standing = standing_of(state, block, account);
    const std::uint8_t tier = tier_of(state, block, account);
    const std::array rules{params.t1, params.t2, params.t3, params.t4};
    return Reputation{.account = account,
                      .score_ppm = standing.score_ppm,
                      .tier = tier,
                      .buyers = standing.buyers,
                      .stake = needs::stake_of(state, account),
                      .rejections = standing.rejections,
                      .frauds = standing.frauds,
                      .burned = standing.burned,
                      .next_tier = tier < kTopTier ? rules[tier] : TierRule{}};
}

Result<std::uint8_t> TierOf::view(const State& state, const BlockEnv& block) const {
    return tier_of(state, block, account);
}

Result<Giver> ReputationFrom::view(const State& state, const BlockEnv& block) const {
    const Counterparty giver =
        counterparty_of(state, block, {.contributor = account, .buyer = buyer});
    const std::uint32_t cap = state.must_get(kParams, {}).counterparty_cap_ppm;
    return Giver{.given_ppm = giver.given_ppm,
                 .room_ppm = cap - std::min(cap, giver.given_ppm),
                 .counts = giver.counts};
}

Result<Params> GetReputationParams::view(const State& state, const BlockEnv&) const {
    return state.must_get(kParams, {});
}

}  // namespace assay::reputation
