// Owns the registration of staking.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::staking {

Module make_module();

}  // namespace assay::staking
