// Owns the attacks of jurors.
#pragma once

#include "tests/economy/strategies.hpp"

namespace assay::economy {

std::vector<Attack> juror_attacks();

}  // namespace assay::economy
