// Owns the registration of reputation.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::reputation {

Module make_module();

}  // namespace assay::reputation
