// What challengers and jurors of the demo decide by: honest work passes, lazy work and copies do
// not, and nothing that the root does not bind is believed.
#include "cli/demo/examiner.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

#include "chain/crypto/rfc6962.hpp"
#include "cli/demo/contributor.hpp"
#include "cli/demo/evidence.hpp"

using namespace assay;
using namespace assay::cli;

namespace {

Corpus synthetic() {
    std::mt19937_64 random(5);
    Corpus out;
    out.name = "synthetic";
    out.labels = {"ham", "spam"};
    for (int i = 0; i < 1'200; ++i) {
        const bool spam = random() % 3 == 0;
        LabelledText text{.id = std::to_string(i), .text = "", .label = spam ? "spam" : "ham"};
        for (int word = 0; word < 14; ++word) {
            const std::uint64_t die = random() % 12;
            const std::string stem = die == 0   ? (spam ? "offer" : "meeting")
                                     : die == 1 ? (spam ? "meeting" : "offer")
                                                : "common";
            text.text += stem + std::to_string(random() % 12) + " ";
        }
        if (random() % 8 != 0) text.text += spam ? "win" : "agenda";
        (i % 3 == 0 ? out.examples : out.tasks).push_back(text);
    }
    return out;
}

struct Fixture {
    Assignment assignment;
    AnswerKey key{Labels{}};
    std::vector<std::unique_ptr<Delivery>> deliveries;
    Fixture() {
        auto parts = *split(synthetic());
        assignment = std::move(parts.first);
        key = std::move(parts.second);
    }
    OpenSubmission deliver(const Labels& answers) {
        SaltSecret secret;
        secret.bytes[0] = static_cast<std::uint8_t>(deliveries.size() + 1);
        deliveries.push_back(std::make_unique<Delivery>(assignment, answers, secret));
        const Delivery& made = *deliveries.back();
        return {deliveries.size(), made.root(), made.size(), &made};
    }
    Labels by(Reading reading) const {
        return label_all(*train_logistic(assignment.examples, assignment.labels, reading),
                         assignment.tasks);
    }
    Labels lazily() const {
        return label_all(*train_majority(assignment.examples, assignment.labels), assignment.tasks);
    }
};

const ReaderSetup kReader{ReaderSetup::Model::naive_bayes, Reading::words, 1, 400};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_task_comes_once_and_carries_no_label, Fixture) {
    Corpus corpus = synthetic();
    corpus.tasks.push_back(corpus.tasks.front());
    corpus.tasks.push_back(corpus.examples.front());
    const auto parts = split(std::move(corpus));
    BOOST_REQUIRE(parts);
    BOOST_TEST(parts->first.tasks.size() == assignment.tasks.size());
    BOOST_TEST(key.accuracy_percent(by(Reading::words)) > 85.0);
}

BOOST_FIXTURE_TEST_CASE(honest_work_passes_and_lazy_work_does_not, Fixture) {
    const Examiner reader(assignment, kReader);
    BOOST_TEST(reader.own_accuracy_percent() > 80.0);
    const auto honest = reader.quality(deliver(by(Reading::words)), 78.0, {});
    BOOST_TEST(honest.opened == 400U);
    BOOST_TEST(!honest.too_bad());
    const auto lazy = reader.quality(deliver(lazily()), 78.0, {});
    BOOST_TEST(lazy.too_bad());
    BOOST_TEST(lazy.differing.size() > 80U);
}

BOOST_FIXTURE_TEST_CASE(a_copy_is_told_from_independent_work, Fixture) {
    const Examiner reader(assignment, kReader);
    const auto first = deliver(by(Reading::words));
    const auto copied = copy_of(*first.delivery, assignment);
    BOOST_REQUIRE(copied);
    const auto copy = deliver(*copied);
    BOOST_TEST((copy.root != first.root));
    const auto found = reader.compare(first, copy, {});
    BOOST_TEST(found.differing == 0U);
    BOOST_TEST(found.is_copy());
    BOOST_TEST(!found.shared_against_reader.empty());
    BOOST_TEST(!reader.compare(first, deliver(by(Reading::letters)), {}).is_copy());
    BOOST_TEST(!reader.compare(first, deliver(lazily()), {}).is_copy());
}

BOOST_FIXTURE_TEST_CASE(an_item_that_the_root_does_not_bind_is_not_believed, Fixture) {
    const auto work = deliver(by(Reading::words));
    const auto read = [&](const OpenedItem& item) {
        const auto label = read_opened(item, assignment, work.root, work.item_count);
        return label ? std::string("fine") : label.error().message;
    };
    const OpenedItem good = work.delivery->open(799 % work.item_count);
    BOOST_TEST(read(good) == "fine");
    for (std::uint64_t i = 0; i < work.item_count; ++i)
        BOOST_REQUIRE(read(work.delivery->open(i)) == "fine");
    auto other = good;
    other.payload = good.payload == "ham" ? "spam" : "ham";
    BOOST_TEST(read(other) == "salt and payload are not those of the leaf");
    other = good;
    other.path.pop_back();
    BOOST_TEST(read(other) == "the path does not lead to the root on the chain");
    other = work.delivery->open(0);
    other.index = 1;
    BOOST_TEST(read(other) == "the path does not lead to the root on the chain");
    OpenSubmission lying = work;
    lying.root.bytes[0] ^= 1U;
    const Examiner reader(assignment, kReader);
    const auto finding = reader.quality(lying, 10.0, {1, 2, 99'999});
    BOOST_TEST(finding.unproven == finding.opened);
    BOOST_TEST(finding.too_bad());
}

BOOST_AUTO_TEST_CASE(evidence_is_bound_by_its_root) {
    const Evidence evidence({{.index = 3, .task = "t", .submitted = "ham", .expected = "spam"},
                             {.index = 9, .task = "u", .submitted = "a", .expected = "b"}});
    std::vector<Bytes> lines;
    for (const auto& line : evidence.lines()) lines.push_back(to_bytes(view_of(line)));
    BOOST_TEST((evidence.root() == rfc6962::root_of(lines)));
    const auto read = Evidence::read(evidence.lines());
    BOOST_REQUIRE(read);
    BOOST_TEST((*read)[1].index == 9U);
    BOOST_TEST(!Evidence::read({"{}"}));
}
