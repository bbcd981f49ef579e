// Owns what the deadlines of a dispute's round cost, in gas: drawing, phases, ruling and settling.
// Whoever opens the round pays for them ahead, as part of the message's price; bench_gas measures
// both.
#pragma once

#include <cstdint>

namespace assay::disputes {

inline constexpr std::uint64_t kRoundGas = 260'000;
inline constexpr std::uint64_t kSeatGas = 74'000;
inline constexpr std::uint64_t kFirstPanelSeats = 3;  // panel_seats(0)

constexpr std::uint64_t round_gas(std::uint64_t seats) {
    return kRoundGas + kSeatGas * seats;
}

}  // namespace assay::disputes
