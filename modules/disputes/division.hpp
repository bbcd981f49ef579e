// Owns what backing a side costs and what it brings, as pure functions: the chain and a replay
// share them.
#pragma once

#include <vector>

#include "modules/disputes/objects.hpp"

namespace assay::disputes {

// What opens a round: the opener's bond, lost if the other side wins, and the fees of the panel.
struct RoundCost {
    Amount bond;
    Amount fees;
};
// Of round 0, about a submission with this bond.
RoundCost challenge_cost(Amount contributor_bond, const Params& terms);
// Of a later round: a bond equal to the fees.
RoundCost appeal_cost(std::uint8_t round, const Params& terms);
// What joining a side puts at risk.
Amount join_bond(Amount challengers_bond, const Params& terms);

// How the bonds of a dispute end. Of each backer: what returns of the bond and the reward;
// returned and rewards and contributor and burned = all bonds + slash.
struct BondDivision {
    std::vector<Backer> backers;
    Amount contributor;  // a reward beside what the market pays
    Amount lost;         // bonds of the side that lost
    Amount burned;
};
// The facts of the end beside the backers.
struct BondFacts {
    Choice ruling{};
    std::vector<bool> defaulted;  // by round: its opener's bond returns whoever wins
    Amount contributor_bond;      // the contributor's weight among those who argue for acceptance
    Amount slash;                 // of the contributor's bond, to be shared among backers
};
// Bonds of the winning side return; so do those that no panel judged. Of the lost ones the winner's
// share goes to the winning side by weight of bonds; `slash` goes the same way. What is left over
// by rounding or has no winner to go to is burned with the rest.
BondDivision divide_bonds(std::vector<Backer> backers, const BondFacts& facts, const Params& terms);

// The most that the jurors' pool pays for juries of a dispute in which so much was slashed.
Amount pool_limit(Choice ruling, Amount contributor_bond, Amount lost, const Params& terms);

// What a dispute with this pool_limit leaves the pool for reviews, which is what its own costs on
// average; 0 where the limit is less, and there is no review then.
Amount review_premium(Amount limit, std::uint8_t round, const Params& terms);

}  // namespace assay::disputes
