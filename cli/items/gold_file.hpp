// Owns the gold file: a buyer's hidden answers, kept until they are opened.
#pragma once

#include <filesystem>

#include "cli/items/item_source.hpp"
#include "modules/market/gold.hpp"

namespace assay::cli {

// Written before the order leaves the machine; without it the buyer's bond is lost.
struct GoldFile {
    std::uint32_t version = 1;
    std::uint64_t batches = 0;
    std::uint64_t batch_items = 0;
    std::uint8_t gold_per_batch = 0;
    Hash256 root;
    std::vector<market::GoldLeaf> leaves;  // those of batch b from b * goldPerBatch on
};
BOOST_DESCRIBE_STRUCT(GoldFile, (), (version, batches, batch_items, gold_per_batch, root, leaves))

// The gold among an order's tasks: a JSONL file with one object a task, whose member `task` is its
// text and, where the buyer knows it, `answer` the right payload. Each batch of `batch_items` tasks
// hides `gold_per_batch` of its answers, by lot. Refuses a number of tasks that is no multiple of
// the batch, a batch with fewer answers (by name), an answer above `max_answer_bytes`, and more
// than kMaxTasks tasks.
inline constexpr std::uint64_t kMaxTasks = 10'000'000;
struct GoldPlan {
    std::uint64_t batch_items = 0;
    std::uint8_t gold_per_batch = 0;
    std::uint32_t max_answer_bytes = 0;
};
Result<GoldFile> plan_gold(const std::filesystem::path& tasks, const GoldPlan& plan);

// Mode 0600; a file that is there already is never replaced.
Result<void> save_gold(const std::filesystem::path& path, const GoldFile& file);
// Refuses a file whose root is not that of its leaves.
Result<GoldFile> load_gold(const std::filesystem::path& path);

// The proofs that openGold needs, of leaves given by their positions.
Result<std::vector<market::GoldProof>> prove_gold(const GoldFile& file,
                                                  const std::vector<std::uint64_t>& indices);

}  // namespace assay::cli
