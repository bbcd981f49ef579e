// Owns answering a request to show items from the submission file.
#pragma once

#include "cli/client/sender.hpp"
#include "cli/commands/submission_lookup.hpp"
#include "modules/market/openings.hpp"

namespace assay::cli {

// The items of request REQUEST that nobody has shown yet, with their proofs; refuses a request that
// is over, and one about another's submission. --file names the submission file.
Outcome<market::OpenItems> answer_to_request(const Session& session, const Sender& sender);

}  // namespace assay::cli
