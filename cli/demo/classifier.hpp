// Owns text classifiers that learn from examples: what honest contributors and jurors of the demo
// use in place of eyes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/demo/assignment.hpp"

namespace assay::cli {

// Which pieces of a text count. Different readers see different pieces, so that their mistakes are
// not the same ones.
enum class Reading { words, word_pairs, letters };

// Labels by what it learned from examples.
class Classifier {
  public:
    virtual ~Classifier() = default;
    // Index into the corpus's labels.
    virtual std::size_t label(std::string_view text) const = 0;
};

using Examples = std::span<const LabelledText>;

// Multinomial naive Bayes with complement smoothing over hashed pieces. `labels` is sorted.
std::unique_ptr<Classifier> train_naive_bayes(Examples examples,
                                              const std::vector<std::string>& labels,
                                              Reading reading);
// One-against-all logistic regression over hashed pieces, by stochastic gradient descent with a
// fixed seed.
std::unique_ptr<Classifier> train_logistic(Examples examples,
                                           const std::vector<std::string>& labels, Reading reading);
// Always the most frequent label of the examples.
std::unique_ptr<Classifier> train_majority(Examples examples,
                                           const std::vector<std::string>& labels);

// Share of examples that the classifier labels as they are labelled, in percent.
double accuracy_percent(const Classifier& classifier, Examples examples,
                        const std::vector<std::string>& labels);
// An answer for every task.
Labels label_all(const Classifier& classifier, std::span<const Task> tasks);

}  // namespace assay::cli
