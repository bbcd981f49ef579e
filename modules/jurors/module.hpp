// Owns the jurors' registration.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::jurors {

Module make_module();

}  // namespace assay::jurors
