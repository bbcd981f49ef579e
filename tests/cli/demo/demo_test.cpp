// The demo's reader and its classifiers, on small data made here.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "cli/demo/classifier.hpp"
#include "cli/demo/corpus.hpp"

using namespace assay::cli;
namespace fs = std::filesystem;

namespace {

struct TemporaryFile {
    fs::path path;
    TemporaryFile(const std::string& name, const std::string& text)
        : path(fs::temp_directory_path() / ("assay_demo_" + name)) {
        std::ofstream(path, std::ios::binary) << text;
    }
    ~TemporaryFile() { fs::remove(path); }
};

// Two kinds of text that share most words and differ in a few.
Corpus synthetic() {
    std::mt19937_64 random(3);
    Corpus out;
    out.labels = {"ham", "spam"};
    for (int i = 0; i < 600; ++i) {
        const bool spam = random() % 3 == 0;
        LabelledText text{.id = std::to_string(i), .text = "", .label = spam ? "spam" : "ham"};
        for (int word = 0; word < 30; ++word) {
            const bool telling = random() % 6 == 0;
            const std::string stem = telling ? (spam ? "offer" : "meeting") : "common";
            text.text += stem + std::to_string(random() % 12) + " ";
        }
        (i % 3 == 0 ? out.examples : out.tasks).push_back(text);
    }
    return out;
}

std::string refusal(const std::string& path) {
    const auto corpus = load_corpus(path, 100, 4);
    return corpus ? "" : corpus.error().message;
}

}  // namespace

BOOST_AUTO_TEST_CASE(classifiers_learn_and_the_majority_does_not) {
    const Corpus corpus = synthetic();
    for (const Reading reading : {Reading::words, Reading::letters}) {
        const auto bayes = train_naive_bayes(corpus.examples, corpus.labels, reading);
        const auto logistic = train_logistic(corpus.examples, corpus.labels, reading);
        BOOST_TEST(accuracy_percent(*bayes, corpus.tasks, corpus.labels) > 95.0);
        BOOST_TEST(accuracy_percent(*logistic, corpus.tasks, corpus.labels) > 95.0);
    }
    const double majority = accuracy_percent(*train_majority(corpus.examples, corpus.labels),
                                             corpus.tasks, corpus.labels);
    BOOST_TEST(majority > 50.0);
    BOOST_TEST(majority < 80.0);
}

BOOST_AUTO_TEST_CASE(a_jsonl_file_is_split_into_examples_and_tasks_without_overlap) {
    std::string lines;
    for (int i = 0; i < 40; ++i)
        lines += "{\"text\":\"text " + std::to_string(i) + "\",\"label\":\"" +
                 (i % 2 == 0 ? "a" : "b") + "\"}\n";
    const TemporaryFile file("split.jsonl", lines);
    const auto corpus = load_corpus(file.path.string(), 20, 4);
    BOOST_REQUIRE(corpus.has_value());
    BOOST_TEST(corpus->examples.size() == 10u);
    BOOST_TEST(corpus->tasks.size() == 20u);
    for (const auto& task : corpus->tasks)
        for (const auto& example : corpus->examples) BOOST_TEST(task.id != example.id);
}

BOOST_AUTO_TEST_CASE(a_csv_file_with_quotes_and_line_ends_is_read_by_its_header) {
    const TemporaryFile file(
        "quotes.csv", "label,text\nham,\"hello, \"\"you\"\"\nthere\"\nspam,buy\nham,x\nspam,y\n");
    const auto corpus = load_corpus(file.path.string(), 100, 4);
    BOOST_REQUIRE(corpus.has_value());
    bool found = false;
    for (const auto* part : {&corpus->examples, &corpus->tasks})
        for (const auto& text : *part)
            found = found || (text.text == "hello, \"you\"\nthere" && text.label == "ham");
    BOOST_TEST(found);
}

BOOST_AUTO_TEST_CASE(bad_input_is_refused_by_file_and_item) {
    BOOST_TEST(refusal("/nonexistent/file.jsonl") ==
               "no such file or folder: /nonexistent/file.jsonl");
    const TemporaryFile same("same.jsonl", "{\"text\":\"a\",\"label\":\"x\"}\n");
    BOOST_TEST(refusal(same.path.string()) ==
               same.path.string() + ": at least two different labels are needed, found 1");
    const TemporaryFile none("none.jsonl", "{\"text\":\"a\",\"label\":\"x\"}\n{\"text\":\"a\"}\n");
    BOOST_TEST(refusal(none.path.string()) ==
               none.path.string() + ", item 2: field \"label\" must be a non-empty string");
    const TemporaryFile header("header.csv", "a,b\n1,2\n");
    BOOST_TEST(refusal(header.path.string()) == "the CSV header needs the columns text and label");
}
