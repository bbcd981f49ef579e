// Owns finding the submission file of a submission on the chain, and the other way round.
#pragma once

#include <filesystem>

#include "cli/client/ask.hpp"
#include "cli/items/submission_file.hpp"
#include "modules/market/views.hpp"

namespace assay::cli {

// ~/.assay/submissions, or $ASSAY_HOME/submissions.
std::filesystem::path submissions_home();

// All submissions of one order.
Outcome<std::vector<market::Submission>> submissions_of(const RpcClient& rpc, std::uint64_t order);

// The submission on the chain that was committed with `file`; not found: says that the commitment
// never reached the chain.
Outcome<market::Submission> submission_of(const RpcClient& rpc, const SubmissionFile& file);

struct OwnSubmission {
    std::filesystem::path path;
    SubmissionFile file;
    market::Submission submission;
};

// The submission of that number with its file in submissions_home().
Outcome<OwnSubmission> file_of_submission(const RpcClient& rpc, std::uint64_t id);

// By --file, else by the number SUBMISSION among the files of submissions_home().
Outcome<OwnSubmission> own_submission(const Arguments& arguments, const RpcClient& rpc);

}  // namespace assay::cli
