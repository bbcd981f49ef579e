// Owns what the rest of the chain may ask of minting; only modules/wiring calls it.
#pragma once

#include <cstdint>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"

namespace assay::rewards {

// The number of the epoch that runs; never falls.
std::uint64_t current_epoch(const State& state);

// mu of the epoch that runs, in ppm: of a fee burned now, no more than this is ever minted.
std::uint32_t mint_share_ppm(const State& state);

// `burned` of an accepted submission's order fee was destroyed: the submission shares in what the
// present epoch mints. Once a submission; nothing burned gives no grant.
struct BurnedFee {
    std::uint64_t order = 0;
    std::uint64_t submission = 0;
    Address contributor;
    Amount burned;
};
void fee_burned(State& state, const BurnedFee& fee);

// Unvested rewards stand behind other submissions of the same contributor. What is pledged moves to
// pool::kPledges and back, or on; until then it is neither claimed nor clawed back.
//
// What of the submission's grant could be pledged by `owner` now: not vested, not pledged. Zero
// where the grant is another's, its epoch runs or fraud was proven.
Amount pledgeable(const State& state, const BlockEnv& block, std::uint64_t submission,
                  const Address& owner);
// At most pledgeable().
void pledge(State& state, std::uint64_t submission, Amount amount);
// Gives it back; burns it where the submission's fraud was proven meanwhile.
void return_pledge(State& state, std::uint64_t submission, Amount amount);
// Moves it to `to`, for good.
void seize_pledge(State& state, std::uint64_t submission, Amount amount, const Address& to);
Amount pledged(const State& state, std::uint64_t submission);

// Burns what was granted to the submission and is not released. While its epoch runs, nothing was
// minted yet: then its burned fee stops counting. What is pledged burns when it comes back. Does
// nothing where there is no grant.
void claw_back(State& state, std::uint64_t submission);

}  // namespace assay::rewards
