// Owns what rates and prices come to, computed once more by arithmetic of its own: books that
// balance do not show a split that is a unit wrong.
#pragma once

#include "chain/exec/module.hpp"
#include "modules/disputes/objects.hpp"
#include "modules/market/objects.hpp"

namespace assay::test {

// floor and ceil of a * ppm / 10^6; a is an amount of the supply.
Amount rate_of(Amount a, std::uint64_t ppm);
Amount rate_up(Amount a, std::uint64_t ppm);
// What posting or funding so many items costs.
Amount cost_of_items(std::uint64_t items, Amount price, const market::Params& terms);

// Bonds, payouts, holdbacks and burned fees of submissions under their orders' terms; bonds of
// requests.
void check_market_terms(const State& state, std::vector<InvariantFailure>& failures);
// Locks, penalties and earnings of seats, rewards of backers.
void check_dispute_terms(const State& state, std::vector<InvariantFailure>& failures);
// What each epoch minted and each grant got of it.
void check_mint_terms(const State& state, std::vector<InvariantFailure>& failures);

}  // namespace assay::test
