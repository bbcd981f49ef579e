// Owns the relay as a module: messages of people without money, sent by others.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::relay {

Module make_module();

}  // namespace assay::relay
