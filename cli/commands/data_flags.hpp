// Owns the flags by which commands name a data set and how its items are read.
#pragma once

#include "cli/items/work_source.hpp"
#include "cli/terminal/arguments.hpp"
#include "cli/terminal/console.hpp"

namespace assay::cli {

// --format --kind --task-field --payload-field --no-header --max-item-bytes
std::vector<Flag> data_flags();
// What an annotation looks like in JSONL and CSV: one sentence for help.
std::string annotation_help();
// The data set at `path`. --kind decides unless `kind` is given, which an order does.
Outcome<WorkSource> work_of(const Arguments& arguments, const std::string& path,
                            std::optional<market::ItemKind> kind = {});

// A progress bar over a data set for as long as it lives.
class DataProgress {
  public:
    // `passes` is how often the data set will be read.
    DataProgress(const WorkSource& source, const std::string& what, bool shown,
                 std::uint64_t passes = 1);
    ItemProgress callback();

  private:
    Progress bar_;
    std::uint64_t bytes_per_pass_;
    std::uint64_t passed_ = 0;
    std::uint64_t before_ = 0;
};

}  // namespace assay::cli
