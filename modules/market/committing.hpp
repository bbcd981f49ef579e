// Owns what all ways of committing to work share: their refusals, and the record they write.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

// By the form: 1xx.
TxCode refuse_form(std::uint64_t item_count, const Hash256& commitment);
// By the order, its free items and what was committed before.
TxCode refuse_commitment(const State& state, const TxEnv& env, const Order& order,
                         std::uint64_t item_count, const Hash256& commitment);

// Writes a new submission of the sender and what leads to it. `made` says what is particular.
// Returns its id. What stands behind it is the caller's business.
std::uint64_t commit(State& state, const TxEnv& env, Order& order, Submission made,
                     std::uint64_t reveal_window_s);

}  // namespace assay::market
