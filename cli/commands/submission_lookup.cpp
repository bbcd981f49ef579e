// Matches files and submissions by their commitment.
#include "cli/commands/submission_lookup.hpp"

#include <algorithm>

#include "cli/terminal/files.hpp"

namespace assay::cli {

namespace fs = std::filesystem;

fs::path submissions_home() {
    return assay_home() / "submissions";
}

Outcome<std::vector<market::Submission>> submissions_of(const RpcClient& rpc, std::uint64_t order) {
    return ask_all<market::Submission>(
        [&](std::uint64_t after) {
            return ask(
                rpc, ModuleId::market,
                market::ListSubmissions{.order = order, .after = after, .limit = market::kMaxPage});
        },
        market::kMaxPage);
}

Outcome<market::Submission> submission_of(const RpcClient& rpc, const SubmissionFile& file) {
    const auto all = submissions_of(rpc, file.order);
    if (!all) return all.error();
    const auto found = std::find_if(all->begin(), all->end(), [&](const auto& one) {
        return one.commitment == file.commitment && one.contributor == file.contributor;
    });
    if (found == all->end())
        return Problem{Exit::failed,
                       "the commitment of this file is not on the chain; its "
                       "transaction was never put into a block, so no bond is lost"};
    return *found;
}

Outcome<OwnSubmission> file_of_submission(const RpcClient& rpc, std::uint64_t id) {
    auto submission = ask(rpc, ModuleId::market, market::GetSubmission{.submission = id});
    if (!submission) return submission.error();
    for (auto& [path, file] : submissions_in(submissions_home()))
        if (file.commitment == submission->commitment)
            return OwnSubmission{path, std::move(file), std::move(*submission)};
    return Problem{Exit::failed, "no file in " + submissions_home().string() +
                                     " belongs to submission " + std::to_string(id) +
                                     "; name it with --file"};
}

Outcome<OwnSubmission> own_submission(const Arguments& arguments, const RpcClient& rpc) {
    if (const auto path = arguments.maybe("file")) {
        auto file = load_submission(*path);
        if (!file) return file.error();
        auto submission = submission_of(rpc, *file);
        if (!submission) return submission.error();
        return OwnSubmission{*path, std::move(*file), std::move(*submission)};
    }
    if (!arguments.has("SUBMISSION")) return usage("missing: SUBMISSION, its number, or --file");
    const auto id = arguments.number("SUBMISSION");
    if (!id) return id.error();
    return file_of_submission(rpc, *id);
}

}  // namespace assay::cli
