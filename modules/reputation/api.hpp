// Owns what the rest of the chain may ask of reputation and tell it; only modules/wiring calls it.
#pragma once

#include <cstdint>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"

namespace assay::reputation {

// The tier that the account may work at: 0..kTopTier.
std::uint8_t tier_of(const State& state, const BlockEnv& block, const Address& account);

// `burned` of the order fee of accepted work was destroyed: the contributor's score grows, up to
// the cap of this buyer. What earns no whole point writes nothing.
struct BurnedFee {
    Address contributor;
    Address buyer;
    Amount burned;
};
void fee_burned(State& state, const BlockEnv& block, const BurnedFee& fee);

// Takes Params::rejection_ppm of the score. A share, so that it does not matter when: it is taken
// of the score as of its step, and what decays later decays all the same.
void work_rejected(State& state, const Address& contributor);
// Takes everything: the score, and the buyers that counted.
void fraud_shown(State& state, const Address& contributor);

}  // namespace assay::reputation
