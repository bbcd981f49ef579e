// Owns the registration of disputes.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::disputes {

Module make_module();

}  // namespace assay::disputes
