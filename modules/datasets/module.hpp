// Owns the datasets module's registration.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::datasets {

Module make_module();

}  // namespace assay::datasets
