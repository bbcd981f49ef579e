// Reads, samples, opens, checks and compares.
#include "cli/demo/examiner.hpp"

#include <algorithm>
#include <random>

namespace assay::cli {

namespace {

// Fewer expected differences than this prove nothing either way.
constexpr double kTellingDifferences = 5.0;
// A reader leaves its preferred reading for one that is right this much more often.
constexpr double kMuchBetterPercent = 5.0;
// A copy differs in less than this share of where independent workers would differ.
constexpr double kCopyShare = 0.25;

struct Shards {
    std::vector<LabelledText> learn;
    std::vector<LabelledText> keep;
};

Shards shards_of(const std::vector<LabelledText>& examples, std::size_t left_out) {
    Shards out;
    for (std::size_t i = 0; i < examples.size(); ++i)
        (i % 5 == left_out % 5 ? out.keep : out.learn).push_back(examples[i]);
    return out;
}

// Nobody else can know which items are looked at.
std::vector<std::uint64_t> random_sample(std::size_t tasks, std::size_t wanted) {
    std::vector<std::uint64_t> all(tasks);
    for (std::size_t i = 0; i < tasks; ++i) all[i] = i;
    std::random_device entropy;
    std::mt19937_64 random(static_cast<std::uint64_t>(entropy()) << 32U | entropy());
    std::shuffle(all.begin(), all.end(), random);
    all.resize(std::min(tasks, wanted));
    std::sort(all.begin(), all.end());
    return all;
}

double percent(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

Result<std::uint8_t> opened(const OpenSubmission& work, const Assignment& assignment,
                            std::uint64_t index) {
    if (index >= work.item_count || index >= work.delivery->size())
        return failure("there is no such item");
    return read_opened(work.delivery->open(index), assignment, work.root, work.item_count);
}

}  // namespace

bool CopyFinding::is_copy() const {
    return independent >= kTellingDifferences &&
           static_cast<double>(differing) < independent * kCopyShare;
}

Examiner::Examiner(const Assignment& assignment, const ReaderSetup& setup)
    : assignment_(&assignment) {
    learn(setup);
    sample_ = random_sample(assignment.tasks.size(), setup.sample);
    for (const std::uint64_t index : sample_)
        answers_[index] =
            static_cast<std::uint8_t>(classifier_->label(assignment.tasks[index].text));
}

void Examiner::learn(const ReaderSetup& setup) {
    const Shards shards = shards_of(assignment_->examples, setup.left_out);
    const auto& labels = assignment_->labels;
    std::vector<Reading> readings = {setup.reading};
    for (const Reading other : {Reading::words, Reading::word_pairs, Reading::letters})
        if (other != setup.reading) readings.push_back(other);
    for (const Reading reading : readings) {
        auto candidate = setup.model == ReaderSetup::Model::logistic
                             ? train_logistic(shards.learn, labels, reading)
                             : train_naive_bayes(shards.learn, labels, reading);
        const double accuracy = accuracy_percent(*candidate, shards.keep, labels);
        if (classifier_ != nullptr && accuracy < own_accuracy_ + kMuchBetterPercent) continue;
        classifier_ = std::move(candidate);
        own_accuracy_ = accuracy;
    }
}

std::uint8_t Examiner::answer(std::uint64_t index) const {
    const auto known = answers_.find(index);
    if (known != answers_.end()) return known->second;
    return static_cast<std::uint8_t>(classifier_->label(assignment_->tasks[index].text));
}

QualityFinding Examiner::quality(const OpenSubmission& work, double demanded_percent,
                                 const std::vector<std::uint64_t>& also) const {
    QualityFinding out;
    std::uint64_t agreeing = 0;
    for (const std::uint64_t index : sample_) {
        ++out.opened;
        const auto said = opened(work, *assignment_, index);
        if (!said)
            ++out.unproven;
        else if (*said == answer(index))
            ++agreeing;
        else
            out.differing.push_back(index);
    }
    for (const std::uint64_t index : also) {
        if (index >= assignment_->tasks.size()) continue;
        ++out.opened;
        if (!opened(work, *assignment_, index)) ++out.unproven;
    }
    out.agreement_percent = percent(agreeing, sample_.size());
    // How often work that is just good enough would agree with a reader who errs independently.
    const double mine = own_accuracy_ / 100.0;
    const double theirs = demanded_percent / 100.0;
    const double wrong_answers = static_cast<double>(assignment_->labels.size()) - 1.0;
    out.least_percent = 100.0 * (mine * theirs + (1.0 - mine) * (1.0 - theirs) / wrong_answers);
    return out;
}

CopyFinding Examiner::compare(const OpenSubmission& earlier, const OpenSubmission& later,
                              const std::vector<std::uint64_t>& also) const {
    CopyFinding out;
    std::vector<std::uint64_t> indices = sample_;
    for (const std::uint64_t index : also)
        if (index < assignment_->tasks.size() &&
            !std::binary_search(sample_.begin(), sample_.end(), index))
            indices.push_back(index);
    std::uint64_t like_earlier = 0;
    std::uint64_t like_later = 0;
    for (const std::uint64_t index : indices) {
        const auto first = opened(earlier, *assignment_, index);
        const auto second = opened(later, *assignment_, index);
        if (!first || !second) continue;
        const std::uint8_t mine = answer(index);
        ++out.compared;
        out.differing += *first != *second ? 1U : 0U;
        like_earlier += *first == mine ? 1U : 0U;
        like_later += *second == mine ? 1U : 0U;
        if (*first == *second && *first != mine) out.shared_against_reader.push_back(index);
    }
    // The reader works by itself: the better match shows how alike independent work comes out.
    out.independent = static_cast<double>(out.compared - std::max(like_earlier, like_later));
    return out;
}

}  // namespace assay::cli
