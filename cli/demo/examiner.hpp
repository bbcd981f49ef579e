// Owns one reader's own judgement of submissions: what challengers and jurors decide by, from their
// own classifier and items that they opened and checked.
#pragma once

#include <memory>

#include "cli/demo/classifier.hpp"
#include "cli/demo/delivery.hpp"

namespace assay::cli {

// How one reader differs from the others.
struct ReaderSetup {
    enum class Model { naive_bayes, logistic };
    Model model = Model::naive_bayes;
    Reading reading = Reading::words;  // preferred, unless another one serves much better
    std::size_t left_out = 0;          // which fifth of the examples it keeps to measure itself
    std::size_t sample = 400;          // how many tasks it reads
};

// A submission as the chain states it, with the hand that opens its items.
struct OpenSubmission {
    std::uint64_t id = 0;
    Hash256 root;
    std::uint64_t item_count = 0;
    const Delivery* delivery = nullptr;
};

// What a look at one submission found.
struct QualityFinding {
    std::uint64_t opened = 0;
    std::uint64_t unproven = 0;    // did not lead to the root, or were about another task
    double agreement_percent = 0;  // with the reader
    double least_percent = 0;      // below it, the work is worse than the order demands
    std::vector<std::uint64_t> differing;
    bool too_bad() const { return unproven > 0 || agreement_percent < least_percent; }
};

// What a comparison of two submissions found.
struct CopyFinding {
    std::uint64_t compared = 0;
    std::uint64_t differing = 0;
    double independent = 0;  // how many would differ, had both worked by themselves
    std::vector<std::uint64_t> shared_against_reader;  // same answer, and not the reader's
    bool is_copy() const;
};

class Examiner {
  public:
    // Trains on the examples and reads a random sample of the tasks; takes seconds.
    Examiner(const Assignment& assignment, const ReaderSetup& setup);

    // Share of examples it did not learn from that it answers rightly.
    double own_accuracy_percent() const { return own_accuracy_; }
    std::size_t sample_size() const { return sample_.size(); }
    // The reader's own answer to task `index`.
    std::uint8_t answer(std::uint64_t index) const;

    // `demanded_percent` is what the order's specification asks for. `also` are items that somebody
    // pointed at: they are opened, but only the own sample decides, since others chose them.
    QualityFinding quality(const OpenSubmission& work, double demanded_percent,
                           const std::vector<std::uint64_t>& also) const;
    CopyFinding compare(const OpenSubmission& earlier, const OpenSubmission& later,
                        const std::vector<std::uint64_t>& also) const;

  private:
    void learn(const ReaderSetup& setup);

    const Assignment* assignment_;
    std::unique_ptr<Classifier> classifier_;
    double own_accuracy_ = 0;
    std::vector<std::uint64_t> sample_;
    std::map<std::uint64_t, std::uint8_t> answers_;
};

}  // namespace assay::cli
