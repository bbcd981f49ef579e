// Owns how proposals are shown, to people and to scripts.
#pragma once

#include "cli/client/ask.hpp"
#include "cli/commands/present.hpp"
#include "modules/governance/views.hpp"

namespace assay::cli {

struct Command;

// gov list, gov show, gov upgrade.
std::vector<Command> looking_at_proposals();

}  // namespace assay::cli
