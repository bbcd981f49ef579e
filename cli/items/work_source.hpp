// Owns what a data set's items mean to an order: originals as they stand, or annotations of a task
// and what is said about it.
#pragma once

#include <string>

#include "cli/items/item_source.hpp"
#include "modules/market/leaf.hpp"

namespace assay::cli {

// One item as an order takes it. An original has no task.
struct Work {
    ByteView task;
    ByteView payload;
    market::ItemKind kind = market::ItemKind::original;
};

// `task_field` and `payload_field` name the members of a JSONL object, both strings, or the columns
// of a CSV file with a header; an original has neither.
struct WorkSource {
    ItemSource items;
    market::ItemKind kind = market::ItemKind::original;
    std::string task_field = "task";
    std::string payload_field = "payload";
};

using WorkSink = std::function<Result<void>(std::uint64_t index, const Work& work)>;

// Every item in order, counted from 0. An original is the item's bytes as read_items gives them.
// Refuses annotations out of a folder, and names the line of an item without task or payload.
Result<void> read_work(const WorkSource& source, const WorkSink& sink,
                       const ItemProgress& progress = {});

}  // namespace assay::cli
