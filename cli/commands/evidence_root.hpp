// Owns how the commands of disputes are told what evidence is shown.
#pragma once

#include "chain/types/ids.hpp"
#include "cli/terminal/command.hpp"

namespace assay::cli {

// The RFC 6962 root over the items of --evidence, or what --evidence-root says.
Outcome<Hash256> evidence_of(const Arguments& arguments);
// --evidence, --format, --evidence-root and --evidence-uri.
std::vector<Flag> evidence_flags();

}  // namespace assay::cli
