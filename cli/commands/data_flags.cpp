// Data sets out of flags.
#include "cli/commands/data_flags.hpp"

namespace assay::cli {

namespace {

std::uint64_t bytes_of(const WorkSource& source) {
    const auto bytes = total_bytes(source.items);
    return bytes ? *bytes : 0;
}

}  // namespace

std::vector<Flag> data_flags() {
    return {
        {"format", "FORMAT", "jsonl, csv or folder; by the file's name unless given"},
        {"kind", "KIND",
         "what an item is: original (the item itself) or annotation (something said about a task)",
         "original"},
        {"task-field", "NAME", "of an annotation: the member or column that holds the task",
         "task"},
        {"payload-field", "NAME",
         "of an annotation: the member or column that holds what is said about it", "payload"},
        {"no-header", "", "the CSV file's first record is an item, not the columns' names"},
        {"max-item-bytes", "N", "refuse longer items", "16777216"},
    };
}

std::string annotation_help() {
    return "An annotation is a line {\"task\":\"...\",\"payload\":\"...\"} of JSONL, or a record "
           "of a CSV file whose header names the columns task and payload; --task-field and "
           "--payload-field give other names. The task must be, byte for byte, the text that the "
           "order gave out: its SHA-256 says what the annotation is about.";
}

Outcome<WorkSource> work_of(const Arguments& arguments, const std::string& path,
                            std::optional<market::ItemKind> kind) {
    WorkSource out;
    const auto items = item_source(path, arguments.text("format"));
    if (!items) return items.error();
    out.items = *items;
    out.items.header = !arguments.has("no-header");
    const auto longest = arguments.number("max-item-bytes");
    if (!longest) return longest.error();
    out.items.max_item_bytes = *longest;
    const std::string wanted = arguments.text("kind");
    if (!kind && wanted != "original" && wanted != "annotation")
        return usage("--kind must be original or annotation");
    out.kind = kind                     ? *kind
               : wanted == "annotation" ? market::ItemKind::annotation
                                        : market::ItemKind::original;
    out.task_field = arguments.text("task-field");
    out.payload_field = arguments.text("payload-field");
    if (out.kind == market::ItemKind::annotation && !out.items.header)
        return usage("--no-header: annotations in CSV need the header, it names their columns");
    return out;
}

DataProgress::DataProgress(const WorkSource& source, const std::string& what, bool shown,
                           std::uint64_t passes)
    : bar_(what, bytes_of(source) * passes, shown && stderr_is_terminal()),
      bytes_per_pass_(bytes_of(source)) {}

ItemProgress DataProgress::callback() {
    return [this](std::uint64_t bytes, std::uint64_t items) {
        if (bytes < before_) ++passed_;
        before_ = bytes;
        bar_.update(passed_ * bytes_per_pass_ + bytes, items);
    };
}

}  // namespace assay::cli
