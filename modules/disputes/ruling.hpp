// Owns the rules of judging panels as pure functions of their votes: the chain and a replay share
// them.
#pragma once

#include <optional>
#include <vector>

#include "modules/disputes/objects.hpp"

namespace assay::disputes {

// SHA-256("assay/panel/1" | record encoding of chain id, dispute, draw, beacon).
Hash256 panel_seed(std::uint64_t chain_id, std::uint64_t dispute, std::uint8_t draw,
                   const Hash256& beacon);

// Seats of a full panel of a round (from 0): 3, 7, 15, 31, 63, 127.
std::uint8_t panel_seats(std::uint8_t round);
// Of the panel that an appeal from `round` asks for; after the last round, which has none, its own.
std::uint8_t next_panel_seats(std::uint8_t round);
// What the dispute's opener argues for, and what holds where no jury rules: the opposite.
Choice side_of_opener(Claim claim);
// Of the contributor's bond, what a rejection slashes for the challenge's sake: nothing where the
// policy had found the work bad before.
Amount slashed_by_challenge(const Dispute& dispute);
// Two thirds of the seats, rounded up: so many jurors must be found, and so many votes revealed.
std::uint8_t quorum_of(std::uint8_t seats);
Choice opposite(Choice choice);
// Of a dispute's rounds, the last that ruled, a review aside; 0 where none did.
std::uint8_t ruling_round(const std::vector<Round>& rounds);

// Whether lots drawn with the beacon of the final ruling's block have it judged again:
// SHA-256("assay/review/1" | record encoding of chain id, dispute, beacon), its first eight bytes
// modulo 10^6, below review_ppm.
bool is_drawn_for_review(std::uint64_t chain_id, std::uint64_t dispute, const Hash256& beacon,
                         std::uint32_t review_ppm);

struct Tally {
    std::uint8_t commits = 0;
    std::uint8_t reveals = 0;
    std::uint8_t accept = 0;
    std::uint8_t reject = 0;
    friend bool operator==(const Tally&, const Tally&) = default;
};
Tally tally_of(const std::vector<Seat>& seats);
// The choice of most revealed votes in a full panel of `seats`; nullopt below the quorum and at a
// tie.
std::optional<Choice> ruling_of(const Tally& tally, std::uint8_t seats);

// How a seat did; without a ruling no vote is judged, only silence.
Outcome outcome_of(const Seat& seat, std::optional<Choice> ruling);
Amount penalty_of(Outcome outcome, const Params& terms);
// True where the seat did its work: it shares the penalties and earns the fee if there is one.
bool is_paid(Outcome outcome);

// How the penalties of a panel are divided. share * paid + burned = penalties.
struct Division {
    Amount share;  // of each paid seat
    Amount burned;
};
Division divide_penalties(Amount penalties, std::uint64_t paid_seats, const Params& terms);

}  // namespace assay::disputes
