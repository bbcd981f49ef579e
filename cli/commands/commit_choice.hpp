// Owns which message commits to work: at T0, at a tier, or with pledges.
#pragma once

#include <functional>

#include "cli/client/sender.hpp"
#include "cli/items/submission_file.hpp"
#include "cli/terminal/command.hpp"

namespace assay::cli {

// --tier, --pledge-reward, --pledge-holdback, --pledge-stake.
std::vector<Flag> commit_flags();

// Sends what the flags say. `before_sending` keeps what the reveal needs.
Outcome<Sent> send_commitment(const Session& session, const Sender& sender,
                              const SubmissionFile& file,
                              const std::function<Result<void>()>& before_sending);

}  // namespace assay::cli
