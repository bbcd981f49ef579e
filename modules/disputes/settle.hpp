// Owns the money of a dispute that ends: bonds, the jury's fees, and the market's resolution.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/disputes/objects.hpp"

namespace assay::disputes {

// A panel ruled: pays it, divides or returns the challenger's bond, resolves the submission.
void settle_ruled(State& state, const BlockEnv& block, Dispute& dispute, std::vector<Seat> seats,
                  Choice ruling);
// No panel ruled: the submission is accepted, the challenger's bond returns, and those of the last
// panel (maybe nobody) who voted are paid out of the fees.
void settle_default(State& state, const BlockEnv& block, Dispute& dispute, std::vector<Seat> seats);

}  // namespace assay::disputes
