// Plans, writes and reads submission files.
#include "cli/items/submission_file.hpp"

#include <algorithm>

#include "chain/codec/json.hpp"
#include "chain/crypto/kdf.hpp"
#include "cli/terminal/files.hpp"
#include "modules/market/commitment.hpp"

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

Hash256 commitment_in(const SubmissionFile& file) {
    return market::commitment_of({.chain_id = file.chain_id,
                                  .order = file.order,
                                  .contributor = file.contributor,
                                  .item_count = file.item_count,
                                  .root = file.root,
                                  .ciphertext_root = file.ciphertext_root,
                                  .key_hash = file.key_hash,
                                  .salt = file.salt});
}

Result<void> refuse_duplicates(std::vector<market::Leaf>& leaves) {
    std::sort(leaves.begin(), leaves.end(), [](const market::Leaf& a, const market::Leaf& b) {
        return std::tie(a.content_id, a.index) < std::tie(b.content_id, b.index);
    });
    const auto twice = std::adjacent_find(
        leaves.begin(), leaves.end(),
        [](const auto& a, const auto& b) { return a.content_id == b.content_id; });
    if (twice == leaves.end()) return {};
    return failure("items " + std::to_string(twice->index) + " and " +
                   std::to_string((twice + 1)->index) +
                   " are the same; whoever proves that takes part of the bond. Remove one.");
}

}  // namespace

Result<SubmissionFile> plan_submission(const WorkSource& source, const CommitPlan& plan,
                                       const ItemProgress& progress) {
    SubmissionFile out;
    out.chain_id = plan.chain_id;
    out.order = plan.order;
    out.contributor = plan.contributor;
    out.data_path = fs::absolute(source.items.path).lexically_normal().string();
    out.format = name_of(source.items.format);
    out.header = source.items.header;
    out.max_item_bytes = source.items.max_item_bytes;
    out.item_kind = source.kind;
    out.task_field = source.task_field;
    out.payload_field = source.payload_field;
    out.ciphertext_root = plan.ciphertext_root;
    out.key_hash = plan.key_hash;
    out.secret = crypto::random_hash();
    out.salt = crypto::random_hash();
    std::vector<market::Leaf> leaves;
    const auto take = [&](const market::Leaf& leaf, const Work& work) -> Result<void> {
        if (work.payload.size() > plan.max_payload_bytes)
            return failure("the payload of item " + std::to_string(leaf.index) + " has " +
                           std::to_string(work.payload.size()) + " bytes, the order allows " +
                           std::to_string(plan.max_payload_bytes));
        leaves.push_back(leaf);
        return {};
    };
    const auto tree = hash_items(source, out.secret, progress, take);
    if (!tree) return tree.error();
    if (const auto unique = refuse_duplicates(leaves); !unique) return unique.error();
    out.item_count = tree->count;
    out.root = tree->root;
    out.commitment = commitment_in(out);
    return out;
}

Result<WorkSource> source_of(const SubmissionFile& file) {
    const auto items = item_source(file.data_path, file.format);
    if (!items) return items.error();
    WorkSource out{*items, file.item_kind, file.task_field, file.payload_field};
    out.items.header = file.header;
    out.items.max_item_bytes = file.max_item_bytes;
    return out;
}

Result<void> save_submission(const fs::path& path, const SubmissionFile& file) {
    return write_private_file(path, json::to_string(file) + "\n", false);
}

Result<SubmissionFile> load_submission(const fs::path& path) {
    const auto text = read_text_file(path);
    if (!text) return text.error();
    const auto document = json::parse(*text);
    if (!document) return failure(path.string() + ": " + document.error().message);
    auto file = json::read<SubmissionFile>(*document);
    if (!file) return failure(path.string() + " is no submission file: " + file.error().message);
    if (file->version != 1)
        return failure(path.string() + ": version " + std::to_string(file->version) +
                       " is not known to this program");
    if (commitment_in(*file) != file->commitment)
        return failure(path.string() + " was changed: its commitment is not that of its fields");
    return file;
}

fs::path submission_path(const fs::path& folder, const SubmissionFile& file) {
    return folder / (std::to_string(file.chain_id) + "-" + std::to_string(file.order) + "-" +
                     to_hex(file.commitment).substr(0, 12) + ".json");
}

std::vector<std::pair<fs::path, SubmissionFile>> submissions_in(const fs::path& folder) {
    std::vector<fs::path> paths;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".json") paths.push_back(it->path());
    std::sort(paths.begin(), paths.end());
    std::vector<std::pair<fs::path, SubmissionFile>> out;
    for (const auto& path : paths)
        if (auto file = load_submission(path)) out.emplace_back(path, std::move(*file));
    return out;
}

std::string name_of(ItemFormat format) {
    switch (format) {
        case ItemFormat::jsonl: return "jsonl";
        case ItemFormat::csv: return "csv";
        case ItemFormat::folder: return "folder";
    }
    return {};
}

}  // namespace assay::cli
