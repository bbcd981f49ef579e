// Owns the list of modules: the one place where a new module is named.
#pragma once

#include <string>
#include <vector>

#include "chain/exec/module.hpp"

namespace assay {

// In the order in which their begin_block and end_block rules run.
std::vector<Module> all_modules();

// The upgrades whose rules this program has, oldest first: a release that changes rules adds its
// name, and asks kUpgrades whether they count yet.
std::vector<std::string> known_upgrades();

}  // namespace assay
