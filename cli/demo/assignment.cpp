// Takes the labels off the tasks.
#include "cli/demo/assignment.hpp"

#include <algorithm>
#include <set>

namespace assay::cli {

double AnswerKey::accuracy_percent(const Labels& answers) const {
    CHECK(answers.size() == truth_.size() && !truth_.empty());
    std::size_t right = 0;
    for (std::size_t i = 0; i < truth_.size(); ++i) right += answers[i] == truth_[i] ? 1U : 0U;
    return 100.0 * static_cast<double>(right) / static_cast<double>(truth_.size());
}

std::uint8_t label_index(const std::vector<std::string>& labels, const std::string& label) {
    const auto it = std::lower_bound(labels.begin(), labels.end(), label);
    CHECK(it != labels.end() && *it == label);
    return static_cast<std::uint8_t>(it - labels.begin());
}

Result<std::pair<Assignment, AnswerKey>> split(Corpus corpus) {
    Assignment out;
    Labels truth;
    std::set<Hash256> seen;
    for (const auto& example : corpus.examples)
        seen.insert(market::content_id(view_of(example.text)));
    for (auto& task : corpus.tasks) {
        const Hash256 id = market::content_id(view_of(task.text));
        if (!seen.insert(id).second) continue;
        truth.push_back(label_index(corpus.labels, task.label));
        out.tasks.push_back({std::move(task.id), std::move(task.text), id});
    }
    if (out.tasks.empty()) return failure(corpus.name + ": every text is there more than once");
    out.name = std::move(corpus.name);
    out.labels = std::move(corpus.labels);
    out.examples = std::move(corpus.examples);
    return std::pair(std::move(out), AnswerKey(std::move(truth)));
}

}  // namespace assay::cli
