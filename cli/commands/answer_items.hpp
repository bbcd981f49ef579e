// Owns making the message that shows the items a policy compares, out of a submission file.
#pragma once

#include "cli/client/sender.hpp"
#include "cli/commands/submission_lookup.hpp"
#include "modules/market/answers.hpp"

namespace assay::cli {

// Everything that is compared and not yet shown of the submission that SUBMISSION or --file names,
// in messages of at most kMaxAnswers items.
Outcome<std::vector<market::AnswerItems>> answers_due(const Session& session, const Sender& sender);

}  // namespace assay::cli
