// Owns the market's registration.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::market {

Module make_module();

}  // namespace assay::market
