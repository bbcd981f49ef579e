// Owns the bank's registration.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::bank {

Module make_module();

}  // namespace assay::bank
