// Owns reviews: a fresh panel that judges a ruling again to measure the seats, not to change it.
#pragma once

#include <optional>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/disputes/objects.hpp"

namespace assay::disputes {

// Draws lots and, where they say so, seats a review's panel: COMMIT. False where seats are judged
// without: no panel ruled, the pool or the jurors are too few, or the lots say no.
bool begin_review(State& state, const BlockEnv& block, Dispute& dispute);
// The review's panel is closed; without a ruling of its own the dispute's measures all.
void close_review(State& state, const BlockEnv& block, Dispute& dispute,
                  std::optional<Choice> ruling);
// By which the seats of the dispute's rounds are judged.
Choice standard_of(const State& state, const Dispute& dispute);

}  // namespace assay::disputes
