// Owns making a submission file of a data set for an order.
#pragma once

#include "cli/client/sender.hpp"
#include "cli/commands/submission_lookup.hpp"

namespace assay::cli {

// --order, --file, --ciphertext-root, --key-hash and what describes the data set.
std::vector<Flag> work_flags();

// The work at PATH, hashed and committed to for the sender; nothing is written yet.
Outcome<SubmissionFile> planned(const Session& session, const Sender& sender,
                                const market::Order& order);
// --file, else its place in submissions_home().
std::filesystem::path path_for(const Arguments& arguments, const SubmissionFile& file);

}  // namespace assay::cli
