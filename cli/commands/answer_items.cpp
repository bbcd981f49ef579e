// From drawn indices to items with their payloads.
#include "cli/commands/answer_items.hpp"

#include <algorithm>

#include "cli/commands/data_flags.hpp"
#include "cli/terminal/output.hpp"
#include "modules/market/views_policy.hpp"

namespace assay::cli {

namespace {

using namespace market;

// Of the compared items, those that were not shown before.
Outcome<std::vector<std::uint64_t>> lacking(const RpcClient& rpc, std::uint64_t submission) {
    auto asked = ask(rpc, ModuleId::market, GetComparedItems{.submission = submission});
    if (!asked) return asked.error();
    const auto given = ask(rpc, ModuleId::market, GetAnswers{.submission = submission});
    if (!given) return given.error();
    std::erase_if(*asked, [&](std::uint64_t index) {
        return std::ranges::any_of(*given,
                                   [&](const GivenAnswer& one) { return one.index == index; });
    });
    return asked;
}

}  // namespace

Outcome<std::vector<AnswerItems>> answers_due(const Session& session, const Sender& sender) {
    const auto own = own_submission(session.arguments, sender.rpc());
    if (!own) return own.error();
    const std::uint64_t id = own->submission.id;
    if (own->file.contributor != sender.address())
        return usage("--from: submission " + std::to_string(id) + " belongs to " +
                     checksummed(own->file.contributor) + ", who alone can show its items");
    const auto indices = lacking(sender.rpc(), id);
    if (!indices) return indices.error();
    if (indices->empty())
        return Problem{Exit::failed, "nothing of submission " + std::to_string(id) +
                                         " is to be shown now: all is shown, or nothing is drawn "
                                         "or opened yet"};
    const auto source = source_of(own->file);
    if (!source) return source.error();
    DataProgress progress(*source, "proving", !session.output.json(), 2);
    ItemTree tree;
    const auto proofs = prove_items(*source, own->file.secret, *indices, tree, progress.callback());
    if (!proofs) return proofs.error();
    if (tree.root != own->file.root)
        return Problem{Exit::failed, own->file.data_path +
                                         " is no longer what was committed: its root is " +
                                         to_hex0x(tree.root)};
    std::vector<AnswerItems> out;
    for (const ItemProof& proof : *proofs) {
        if (out.empty() || out.back().answers.size() == kMaxAnswers)
            out.push_back({.submission = id, .answers = {}});
        out.back().answers.push_back(
            {.item = {.index = proof.leaf.index, .leaf = leaf_data(proof.leaf), .path = proof.path},
             .salt = proof.salt,
             .payload = proof.payload});
    }
    return out;
}

}  // namespace assay::cli
