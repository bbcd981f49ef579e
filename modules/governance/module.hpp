// Owns the registration of governance.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::governance {

Module make_module();

}  // namespace assay::governance
