// Owns the rounds of a dispute: how one begins, is ruled or defaults, and what follows.
#pragma once

#include <optional>
#include <vector>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/disputes/division.hpp"
#include "modules/disputes/objects.hpp"

namespace assay::disputes {

// In order; a review last.
std::vector<Round> rounds_of(const State& state, const Dispute& dispute);
std::vector<Backer> backers_of(const State& state, const Dispute& dispute);

// The one whose panel votes.
Round present_round(const State& state, const Dispute& dispute);

// Money that stands behind a side joins the dispute: moves it from the module's account and writes
// the backer. The dispute is counted up, not written.
void add_backer(State& state, Dispute& dispute, Backer backer);
// Opens round `dispute.round` with its opener's fees: EVIDENCE.
void open_round(State& state, const BlockEnv& block, Dispute& dispute, const Address& opener,
                Choice side, Amount fees);
// The round's last panel is closed: APPEALABLE, or ruled for good where nobody can appeal, as after
// the last round and where no panel ruled.
void close_round(State& state, const BlockEnv& block, Dispute& dispute,
                 std::optional<Choice> ruling);

}  // namespace assay::disputes
