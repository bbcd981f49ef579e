// A buyer's hidden answers: what is hidden, kept and proven.
#include "cli/items/gold_file.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <set>

#include "chain/crypto/kdf.hpp"
#include "chain/crypto/rfc6962.hpp"

using namespace assay;
using namespace assay::cli;

namespace {

namespace fs = std::filesystem;

struct Fixture {
    fs::path folder = fs::temp_directory_path() / ("assay-gold-" + to_hex(crypto::random_bytes(8)));
    Fixture() { fs::create_directories(folder); }
    ~Fixture() { fs::remove_all(folder); }

    Result<GoldFile> plan(const std::string& tasks, std::uint8_t per_batch = 2) const {
        std::ofstream(folder / "tasks.jsonl", std::ios::binary) << tasks;
        return plan_gold(folder / "tasks.jsonl",
                         {.batch_items = 4, .gold_per_batch = per_batch, .max_answer_bytes = 4});
    }
    // Tasks "0", "1", ... of which all but every fourth have an answer.
    static std::string tasks(std::size_t count) {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) {
            const std::string number = std::to_string(i);
            out += "{\"task\":\"" + number + "\"";
            if (i % 4 != 3) out += ",\"answer\":\"a" + std::to_string(i % 10) + "\"";
            out += "}\n";
        }
        return out;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(each_batch_hides_as_many_of_its_known_answers, Fixture) {
    const auto file = plan(tasks(12));
    BOOST_REQUIRE(file);
    BOOST_TEST(file->batches == 3U);
    BOOST_REQUIRE(file->leaves.size() == 6U);
    std::set<std::uint64_t> hidden;
    for (std::uint64_t i = 0; i < 6; ++i) {
        const market::GoldLeaf& leaf = file->leaves[i];
        BOOST_TEST(leaf.index == i);
        BOOST_TEST(leaf.task / 4 == i / 2);
        BOOST_TEST(leaf.task % 4 != 3U);
        const std::string task = std::to_string(leaf.task);
        BOOST_TEST((leaf.content_id == market::content_id(view_of(task))));
        hidden.insert(leaf.task);
    }
    BOOST_TEST(hidden.size() == 6U);
}

BOOST_FIXTURE_TEST_CASE(proofs_stand_in_the_root, Fixture) {
    const auto file = plan(tasks(12));
    BOOST_REQUIRE(file);
    const auto proofs = prove_gold(*file, {1, 4});
    BOOST_REQUIRE(proofs);
    for (const market::GoldProof& proof : *proofs)
        BOOST_TEST(rfc6962::verify_inclusion(file->root,
                                             rfc6962::leaf_hash(record::encode(proof.leaf)),
                                             proof.leaf.index, 6, proof.path));
    BOOST_TEST(prove_gold(*file, {6}).has_error());
}

BOOST_FIXTURE_TEST_CASE(what_is_kept_comes_back_and_is_checked, Fixture) {
    auto file = plan(tasks(8));
    BOOST_REQUIRE(file);
    BOOST_TEST(save_gold(folder / "gold.json", *file).has_value());
    BOOST_TEST(save_gold(folder / "gold.json", *file).has_error());  // never replaced
    const auto back = load_gold(folder / "gold.json");
    BOOST_REQUIRE(back);
    BOOST_TEST((back->root == file->root));
    file->leaves[0].answer = Bytes{1};
    BOOST_TEST(save_gold(folder / "other.json", *file).has_value());
    BOOST_TEST(load_gold(folder / "other.json").has_error());
}

BOOST_FIXTURE_TEST_CASE(bad_task_lists_are_refused_by_line, Fixture) {
    const auto said = [&](const std::string& text, std::uint8_t per_batch = 2) {
        const auto out = plan(text, per_batch);
        return out ? std::string("taken") : out.error().message;
    };
    BOOST_TEST(said("") != "taken");
    BOOST_TEST(said(tasks(7)) == "7 tasks are no multiple of a batch of 4");
    BOOST_TEST(said(tasks(8), 4) == "batch 0 (tasks from line 1) has 3 answers, it needs 4");
    BOOST_TEST(said("{\"text\":\"x\"}\n") == "line 1 has no text \"task\"");
    BOOST_TEST(said("{\"task\":\"x\",\"answer\":\"12345\"}\n") ==
               "line 1: the answer has 5 bytes, the order allows 4");
}
