// Owns what decides whether a licence of a dataset can be bought, and for how much.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/types/tx_code.hpp"
#include "modules/datasets/objects.hpp"

namespace assay::datasets {

// ok, or why nobody can buy a licence of it in this block.
TxCode on_offer(const BlockEnv& block, const Dataset& dataset, const Books& books);

// When a licence bought now ends; kForever where it does not.
std::uint64_t end_of(const BlockEnv& block, const Terms& terms);

}  // namespace assay::datasets
