// Owns the line between what the roles of the demo are handed and what only its final report knows.
#pragma once

#include <utility>

#include "cli/demo/corpus.hpp"
#include "modules/market/leaf.hpp"

namespace assay::cli {

// A text to be labelled. Nobody who works, challenges or judges is handed more.
struct Task {
    std::string id;
    std::string text;
    Hash256 content_id;  // as an annotation's leaf names it
};

// What the buyer publishes: tasks without labels, and labelled examples of what is wanted.
struct Assignment {
    std::string name;
    std::vector<std::string> labels;  // all that may be answered, sorted
    std::vector<LabelledText> examples;
    std::vector<Task> tasks;
};

// An answer for every task, in the tasks' order, as indices into Assignment::labels.
using Labels = std::vector<std::uint8_t>;

// The true labels of the tasks: for the final report, and what of them a buyer hides as gold.
class AnswerKey {
  public:
    explicit AnswerKey(Labels truth) : truth_(std::move(truth)) {}
    // Share of right answers, in percent.
    double accuracy_percent(const Labels& answers) const;
    // The right answer to a task that a buyer hides as gold: it must know it to do so.
    std::uint8_t of(std::uint64_t task) const { return truth_.at(task); }

  private:
    Labels truth_;
};

// Splits the corpus. A text that comes twice becomes one task, since an annotation order pays for a
// task once in a submission; a text among the examples is no task. Refuses a corpus without tasks.
Result<std::pair<Assignment, AnswerKey>> split(Corpus corpus);

// The index of `label` in `labels`, which holds it.
std::uint8_t label_index(const std::vector<std::string>& labels, const std::string& label);

}  // namespace assay::cli
