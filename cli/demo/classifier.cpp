// Hashed features, naive Bayes and logistic regression.
#include "cli/demo/classifier.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <random>

namespace assay::cli {

namespace {

constexpr std::size_t kBuckets = 1U << 18U;
// Longer texts are read up to here: attachments say nothing that their first pages do not.
constexpr std::size_t kReadBytes = 32'768;

std::uint64_t mix(std::uint64_t h, std::uint64_t v) {
    h ^= v;
    h *= 0x100000001b3ULL;
    return h;
}

std::uint64_t hash_text(std::string_view text) {
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (const char c : text) h = mix(h, static_cast<unsigned char>(c));
    return h ^ h >> 29U;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out;
    std::string word;
    for (const char raw : text.substr(0, kReadBytes)) {
        const auto c = static_cast<unsigned char>(raw);
        if (std::isalnum(c) != 0 || c == '$' || c == '!' || c >= 0x80) {
            word.push_back(static_cast<char>(std::tolower(c)));
        } else if (!word.empty()) {
            if (word.size() <= 24) out.push_back(word);
            word.clear();
        }
    }
    if (!word.empty() && word.size() <= 24) out.push_back(word);
    return out;
}

// The distinct buckets of a text's pieces, sorted: whether a piece occurs, not how often.
std::vector<std::uint32_t> features_of(std::string_view text, Reading reading) {
    std::vector<std::uint32_t> out;
    const auto add = [&out](std::uint64_t h) {
        out.push_back(static_cast<std::uint32_t>(h % kBuckets));
    };
    if (reading == Reading::letters) {
        const std::string_view head = text.substr(0, kReadBytes);
        for (std::size_t i = 0; i + 5 <= head.size(); ++i) add(hash_text(head.substr(i, 5)));
    } else {
        const auto words = words_of(text);
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (reading == Reading::words)
                add(hash_text(words[i]));
            else if (i > 0)
                add(mix(hash_text(words[i - 1]), hash_text(words[i])));
        }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

// Scores every label by a sum of weights over the text's pieces.
class Linear final : public Classifier {
  public:
    Linear(Reading reading, std::size_t labels)
        : reading_(reading), bias_(labels, 0.0), weights_(labels) {
        for (auto& row : weights_) row.assign(kBuckets, 0.0F);
    }
    std::size_t label(std::string_view text) const override {
        const auto features = features_of(text, reading_);
        std::size_t best = 0;
        double best_score = score(0, features);
        for (std::size_t i = 1; i < weights_.size(); ++i) {
            const double other = score(i, features);
            if (other > best_score) {
                best = i;
                best_score = other;
            }
        }
        return best;
    }
    double score(std::size_t label, std::span<const std::uint32_t> features) const {
        double sum = bias_[label];
        for (const auto feature : features) sum += static_cast<double>(weights_[label][feature]);
        return sum;
    }
    std::vector<float>& weights(std::size_t label) { return weights_[label]; }
    double& bias(std::size_t label) { return bias_[label]; }

  private:
    Reading reading_;
    std::vector<double> bias_;
    std::vector<std::vector<float>> weights_;
};

class Majority final : public Classifier {
  public:
    explicit Majority(std::size_t label) : label_(label) {}
    std::size_t label(std::string_view) const override { return label_; }

  private:
    std::size_t label_;
};

}  // namespace

std::unique_ptr<Classifier> train_naive_bayes(Examples examples,
                                              const std::vector<std::string>& labels,
                                              Reading reading) {
    const std::size_t count = labels.size();
    auto model = std::make_unique<Linear>(reading, count);
    std::vector<double> texts(count, 0.0);
    for (const auto& example : examples) {
        const std::size_t label = label_index(labels, example.label);
        texts[label] += 1.0;
        for (const auto feature : features_of(example.text, reading))
            model->weights(label)[feature] += 1.0F;
    }
    const double total = static_cast<double>(examples.size());
    for (std::size_t feature = 0; feature < kBuckets; ++feature) {
        double all = 0.0;
        for (std::size_t i = 0; i < count; ++i)
            all += static_cast<double>(model->weights(i)[feature]);
        for (std::size_t i = 0; i < count; ++i) {
            const double inside = static_cast<double>(model->weights(i)[feature]);
            const double rate_inside = (inside + 0.5) / (texts[i] + 1.0);
            const double rate_outside = (all - inside + 0.5) / (total - texts[i] + 1.0);
            model->weights(i)[feature] = static_cast<float>(std::log(rate_inside / rate_outside));
        }
    }
    for (std::size_t i = 0; i < count; ++i)
        model->bias(i) = std::log((texts[i] + 1.0) / (total - texts[i] + 1.0));
    return model;
}

std::unique_ptr<Classifier> train_logistic(Examples examples,
                                           const std::vector<std::string>& labels,
                                           Reading reading) {
    constexpr int kPasses = 8;
    const std::size_t count = labels.size();
    auto model = std::make_unique<Linear>(reading, count);
    std::vector<std::vector<std::uint32_t>> features;
    std::vector<std::size_t> order;
    for (const auto& example : examples) {
        order.push_back(features.size());
        features.push_back(features_of(example.text, reading));
    }
    std::mt19937_64 random(1);
    for (int pass = 0; pass < kPasses; ++pass) {
        std::shuffle(order.begin(), order.end(), random);
        for (const std::size_t at : order) {
            const std::size_t truth = label_index(labels, examples[at].label);
            const double length = std::sqrt(static_cast<double>(features[at].size()) + 1.0);
            for (std::size_t i = 0; i < count; ++i) {
                const double score = model->score(i, features[at]);
                const double error = (i == truth ? 1.0 : 0.0) - 1.0 / (1.0 + std::exp(-score));
                const double step = error / length / (1.0 + pass);
                for (const auto feature : features[at])
                    model->weights(i)[feature] += static_cast<float>(step);
                model->bias(i) += step;
            }
        }
    }
    return model;
}

std::unique_ptr<Classifier> train_majority(Examples examples,
                                           const std::vector<std::string>& labels) {
    std::vector<std::size_t> counts(labels.size(), 0);
    for (const auto& example : examples) ++counts[label_index(labels, example.label)];
    const auto most = std::max_element(counts.begin(), counts.end());
    return std::make_unique<Majority>(
        static_cast<std::size_t>(std::distance(counts.begin(), most)));
}

double accuracy_percent(const Classifier& classifier, Examples texts,
                        const std::vector<std::string>& labels) {
    if (texts.empty()) return 0.0;
    std::size_t right = 0;
    for (const auto& text : texts)
        right += labels[classifier.label(text.text)] == text.label ? 1U : 0U;
    return 100.0 * static_cast<double>(right) / static_cast<double>(texts.size());
}

Labels label_all(const Classifier& classifier, std::span<const Task> tasks) {
    Labels out;
    out.reserve(tasks.size());
    for (const auto& task : tasks)
        out.push_back(static_cast<std::uint8_t>(classifier.label(task.text)));
    return out;
}

}  // namespace assay::cli
