// Owns what every way of committing has in common: refusals and the first record of a submission.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "chain/types/tx_code.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

// What its form refuses. No state is read.
TxCode refuse_commitment_form(std::uint64_t item_count, const Hash256& commitment);
// What the order refuses of this sender and these items.
TxCode refuse_commitment(const State& state, const TxEnv& env, const Order& order,
                         std::uint64_t item_count, const Hash256& commitment);
// What an order refuses of a place without a bond.
TxCode refuse_unbonded(const State& state, const TxEnv& env, const Order& order,
                       std::uint64_t item_count);

// Takes the bond, writes a submission and what leads to it. `made` carries what is particular: the
// commitment, items, bond, place. Returns its id.
std::uint64_t commit(State& state, const TxEnv& env, Order order, Submission made);

}  // namespace assay::market
