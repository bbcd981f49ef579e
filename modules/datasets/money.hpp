// Owns the arithmetic of royalties and their movements.
#pragma once

#include <optional>

#include "chain/state/state.hpp"
#include "modules/datasets/objects.hpp"

namespace assay::datasets {

// Who gets what of a child's price, by rising number: each parent its royalty less what its own
// receivers take of that, rounded down. The parts are the parents' royalties together. nullopt
// where more than kMaxReceivers would get something.
std::optional<std::vector<Receiver>> receivers_of(const State& state,
                                                  const std::vector<Parent>& parents);

// What one dataset makes of an amount that it earned.
struct Split {
    Amount to_owner;  // with what the others' rounding leaves
    Amount to_contributors;
    Amount per_item;
    Amount burned;  // the contributors' part where no consent is left
};
Split split_of(const Dataset& dataset, const Books& books, Amount amount);

// Splits a licence's price, which the royalties' pool holds already, between the dataset and its
// receivers. `books` are the dataset's own, the caller's to write.
void distribute(State& state, const Dataset& dataset, Books& books, std::uint64_t licence,
                Amount price);

}  // namespace assay::datasets
