// Owns the registration of minting.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::rewards {

Module make_module();

}  // namespace assay::rewards
