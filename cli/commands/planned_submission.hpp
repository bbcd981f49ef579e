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
// --batch, where the order's work comes in batches; a usage error where it is missing, where the
// order has none, or where the work has another number of items than a batch.
Outcome<std::optional<std::uint64_t>> batch_of(const Session& session, const Sender& sender,
                                               const market::Order& order,
                                               const SubmissionFile& file);
// --file, else its place in submissions_home().
std::filesystem::path path_for(const Arguments& arguments, const SubmissionFile& file);

}  // namespace assay::cli
