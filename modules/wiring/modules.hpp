// Owns the list of modules: the one place where a new module is named.
#pragma once

#include <vector>

#include "chain/exec/module.hpp"

namespace assay {

// In the order in which their begin_block and end_block rules run.
std::vector<Module> all_modules();

}  // namespace assay
