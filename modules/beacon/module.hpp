// Owns the beacon's registration.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::beacon {

Module make_module();

}  // namespace assay::beacon
