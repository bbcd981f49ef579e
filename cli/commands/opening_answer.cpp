// Proofs of the items that a request asks for.
#include "cli/commands/opening_answer.hpp"

#include "cli/client/ask.hpp"
#include "cli/commands/data_flags.hpp"
#include "cli/commands/present.hpp"
#include "cli/terminal/output.hpp"

namespace assay::cli {

namespace {

using namespace market;

std::vector<std::uint64_t> lacking(const Opening& opening) {
    std::vector<std::uint64_t> out;
    for (std::size_t i = 0; i < opening.indices.size(); ++i)
        if ((opening.shown >> i & 1U) == 0) out.push_back(opening.indices[i]);
    return out;
}

// The submission of the request, with its file.
Outcome<OwnSubmission> file_for(const Session& session, const Sender& sender,
                                const Opening& opening) {
    if (const auto path = session.arguments.maybe("file")) {
        auto file = load_submission(*path);
        if (!file) return file.error();
        auto submission = submission_of(sender.rpc(), *file);
        if (!submission) return submission.error();
        if (submission->id != opening.submission)
            return usage("--file: belongs to submission " + std::to_string(submission->id) +
                         ", and the request is about submission " +
                         std::to_string(opening.submission));
        return OwnSubmission{*path, std::move(*file), std::move(*submission)};
    }
    return file_of_submission(sender.rpc(), opening.submission);
}

Outcome<std::vector<LeafProof>> proofs_of(const Session& session, const SubmissionFile& file,
                                          const std::vector<std::uint64_t>& indices) {
    const auto source = source_of(file);
    if (!source) return source.error();
    DataProgress progress(*source, "proving", !session.output.json(), 2);
    ItemTree tree;
    const auto proofs = prove_items(*source, file.secret, indices, tree, progress.callback());
    if (!proofs) return proofs.error();
    if (tree.root != file.root)
        return Problem{Exit::failed, file.data_path +
                                         " is no longer what was committed: its root is " +
                                         to_hex0x(tree.root)};
    std::vector<LeafProof> out;
    for (const ItemProof& proof : *proofs)
        out.push_back(
            {.index = proof.leaf.index, .leaf = leaf_data(proof.leaf), .path = proof.path});
    return out;
}

}  // namespace

Outcome<OpenItems> answer_to_request(const Session& session, const Sender& sender) {
    const auto id = session.arguments.number("REQUEST");
    if (!id) return id.error();
    const auto opening = ask(sender.rpc(), ModuleId::market, GetOpening{.request = *id});
    if (!opening) return opening.error();
    if (opening->deadline_s == 0)
        return Problem{Exit::failed, "request " + std::to_string(*id) + " is over"};
    const auto own = file_for(session, sender, *opening);
    if (!own) return own.error();
    if (own->file.contributor != sender.address())
        return usage("--from: submission " + std::to_string(own->submission.id) + " belongs to " +
                     checksummed(own->file.contributor) + ", who alone can show its items");
    const auto items = proofs_of(session, own->file, lacking(*opening));
    if (!items) return items.error();
    return OpenItems{.request = *id, .items = *items};
}

}  // namespace assay::cli
