// Owns the attacks on tiers, reputation and insurance.
#pragma once

#include "tests/economy/strategies.hpp"

namespace assay::economy {

std::vector<Attack> tier_attacks();

}  // namespace assay::economy
