// Owns the judgement of a panel's seats: locks end, penalties are taken and divided, fees paid.
#pragma once

#include <optional>
#include <vector>

#include "chain/state/state.hpp"
#include "modules/disputes/objects.hpp"

namespace assay::disputes {

// The seats of one drawing, in order.
std::vector<Seat> panel_of(const State& state, std::uint64_t dispute, std::uint8_t draw);

// How many of the seats did their work, by the final ruling or without one.
std::uint64_t paid_seats_of(const std::vector<Seat>& seats, std::optional<Choice> ruling);

// Judges every seat: unlocks, penalises, divides the penalties and pays `fee` to each seat that did
// its work, out of the pool of fees. Counts the penalties in `dispute`; writes the seats only.
void judge_panel(State& state, Dispute& dispute, std::uint8_t draw, std::vector<Seat> seats,
                 std::optional<Choice> ruling, Amount fee);

// Jurors who committed nothing sit in no panel for a while; at once, not when they are judged.
void suspend_absent(State& state, const std::vector<Seat>& seats);

}  // namespace assay::disputes
