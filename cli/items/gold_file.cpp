// Plans, writes and reads gold files.
#include "cli/items/gold_file.hpp"

#include <algorithm>

#include "chain/codec/json.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/crypto/kdf.hpp"
#include "chain/crypto/rfc6962.hpp"
#include "cli/terminal/files.hpp"

namespace assay::cli {

namespace {

constexpr std::uint64_t kLargestGoldFile = 4ULL << 30U;

struct KnownAnswer {
    std::uint64_t task = 0;
    Hash256 content_id;
    Bytes answer;
};

std::uint64_t random_number() {
    std::uint64_t out = 0;
    for (const std::uint8_t byte : crypto::random_bytes(8)) out = out << 8U | byte;
    return out;
}

std::vector<Hash256> leaf_hashes(const GoldFile& file) {
    std::vector<Hash256> out;
    for (const market::GoldLeaf& leaf : file.leaves)
        out.push_back(rfc6962::leaf_hash(record::encode(leaf)));
    return out;
}

std::optional<std::string> member_of(const JsonValue& line, const char* member) {
    const auto found = line.FindMember(member);
    if (found == line.MemberEnd() || !found->value.IsString()) return std::nullopt;
    return std::string(found->value.GetString(), found->value.GetStringLength());
}

// Hides some of the batch's answers, each as likely as another, in the order of their tasks.
Result<void> hide(std::vector<KnownAnswer> known, std::uint64_t batch, const GoldPlan& plan,
                  GoldFile& out) {
    if (known.size() < plan.gold_per_batch)
        return failure("batch " + std::to_string(batch) + " (tasks from line " +
                       std::to_string(batch * plan.batch_items + 1) + ") has " +
                       std::to_string(known.size()) + " answers, it needs " +
                       std::to_string(plan.gold_per_batch));
    for (std::size_t i = 0; i < plan.gold_per_batch; ++i)
        std::swap(known[i], known[i + random_number() % (known.size() - i)]);
    known.resize(plan.gold_per_batch);
    std::ranges::sort(known, {}, &KnownAnswer::task);
    for (KnownAnswer& each : known)
        out.leaves.push_back({.index = out.leaves.size(),
                              .task = each.task,
                              .content_id = each.content_id,
                              .answer = std::move(each.answer),
                              .salt = crypto::random_hash()});
    return {};
}

}  // namespace

Result<GoldFile> plan_gold(const std::filesystem::path& tasks, const GoldPlan& plan) {
    auto source = item_source(tasks, "jsonl");
    if (!source) return source.error();
    GoldFile out{.batch_items = plan.batch_items, .gold_per_batch = plan.gold_per_batch};
    std::vector<KnownAnswer> known;  // of the present batch
    std::uint64_t count = 0;
    const auto take = [&](std::uint64_t index, ByteView line) -> Result<void> {
        if (index == kMaxTasks)
            return failure("there are more than " + std::to_string(kMaxTasks) + " tasks");
        const auto object = json::parse(text_of(line));
        if (!object) return object.error();
        const std::string where = "line " + std::to_string(index + 1);
        if (!object->IsObject()) return failure(where + " is no JSON object");
        const auto task = member_of(*object, "task");
        if (!task) return failure(where + " has no text \"task\"");
        if (const auto answer = member_of(*object, "answer")) {
            if (answer->size() > plan.max_answer_bytes)
                return failure(where + ": the answer has " + std::to_string(answer->size()) +
                               " bytes, the order allows " + std::to_string(plan.max_answer_bytes));
            known.push_back({.task = index,
                             .content_id = market::content_id(view_of(*task)),
                             .answer = to_bytes(view_of(*answer))});
        }
        count = index + 1;
        if (count % plan.batch_items != 0) return {};
        return hide(std::exchange(known, {}), out.batches++, plan, out);
    };
    if (const auto read = read_items(*source, take); !read) return read.error();
    if (count == 0 || count % plan.batch_items != 0)
        return failure(std::to_string(count) + " tasks are no multiple of a batch of " +
                       std::to_string(plan.batch_items));
    out.root = rfc6962::root_of_hashes(leaf_hashes(out));
    return out;
}

Result<void> save_gold(const std::filesystem::path& path, const GoldFile& file) {
    return write_private_file(path, json::to_string(file) + "\n", false);
}

Result<GoldFile> load_gold(const std::filesystem::path& path) {
    const auto text = read_text_file(path, kLargestGoldFile);
    if (!text) return text.error();
    const auto document = json::parse(*text);
    if (!document) return failure(path.string() + ": " + document.error().message);
    auto file = json::read<GoldFile>(*document);
    if (!file) return failure(path.string() + " is no gold file: " + file.error().message);
    if (file->leaves.empty() || rfc6962::root_of_hashes(leaf_hashes(*file)) != file->root)
        return failure(path.string() + ": its root is not that of its answers");
    return std::move(*file);
}

Result<std::vector<market::GoldProof>> prove_gold(const GoldFile& file,
                                                  const std::vector<std::uint64_t>& indices) {
    const auto hashes = leaf_hashes(file);
    std::vector<market::GoldProof> out;
    for (const std::uint64_t index : indices) {
        if (index >= hashes.size())
            return failure("the gold file has " + std::to_string(hashes.size()) + " answers, not " +
                           std::to_string(index + 1));
        out.push_back({.leaf = file.leaves[index], .path = rfc6962::inclusion_path(hashes, index)});
    }
    return out;
}

}  // namespace assay::cli
