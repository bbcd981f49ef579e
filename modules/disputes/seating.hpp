// Owns the drawing of a panel and who may not sit in it.
#pragma once

#include <vector>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/disputes/objects.hpp"

namespace assay::disputes {

// Parties, everybody whose money stands behind a side, and whoever else gains by the ruling.
std::vector<Address> excluded_from(const State& state, const Dispute& dispute);
// The next draw, with the beacon of this very block: empties the dispute's counts and sets its
// seed.
std::vector<Address> draw_jurors(State& state, const BlockEnv& block, Dispute& dispute,
                                 std::uint8_t seats, const std::vector<Address>& excluded);
// Writes what the draw was made from; counts it in the record of its round.
void note_draw(State& state, const BlockEnv& block, const Dispute& dispute, std::uint8_t round,
               std::size_t found);
// Locks a seat of each: COMMIT.
void seat_panel(State& state, const BlockEnv& block, Dispute& dispute,
                const std::vector<Address>& jurors);

}  // namespace assay::disputes
