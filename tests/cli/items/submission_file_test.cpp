// The file that a reveal depends on: what it refuses to plan, keep or believe.
#include "cli/items/submission_file.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sys/stat.h>

#include "chain/codec/json.hpp"
#include "chain/crypto/kdf.hpp"
#include "cli/terminal/files.hpp"
#include "modules/market/commitment.hpp"

using namespace assay;
using namespace assay::cli;

namespace {

namespace fs = std::filesystem;

struct Fixture {
    fs::path folder =
        fs::temp_directory_path() / ("assay-submission-" + to_hex(crypto::random_bytes(8)));
    Fixture() { fs::create_directories(folder); }
    ~Fixture() { fs::remove_all(folder); }

    WorkSource source(const std::string& content) const {
        std::ofstream(folder / "work.jsonl", std::ios::binary) << content;
        WorkSource out;
        out.items = *item_source(folder / "work.jsonl", "");
        return out;
    }
    Result<SubmissionFile> plan(const std::string& content, std::uint32_t longest = 100) const {
        CommitPlan wanted;
        wanted.chain_id = 31'337;
        wanted.order = 7;
        wanted.contributor.bytes[19] = 1;
        wanted.max_payload_bytes = longest;
        return plan_submission(source(content), wanted);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_plan_binds_order_chain_and_contributor, Fixture) {
    const auto file = plan("1\n2\n3\n");
    BOOST_REQUIRE(file);
    BOOST_TEST(file->item_count == 3U);
    BOOST_TEST(file->data_path == (folder / "work.jsonl").string());
    market::CommitmentPreimage preimage{.chain_id = 31'337,
                                        .order = 7,
                                        .contributor = file->contributor,
                                        .item_count = 3,
                                        .root = file->root,
                                        .ciphertext_root = {},
                                        .key_hash = {},
                                        .salt = file->salt};
    BOOST_TEST((market::commitment_of(preimage) == file->commitment));
    const auto again = plan("1\n2\n3\n");
    BOOST_TEST((again->root != file->root));
    BOOST_TEST((again->commitment != file->commitment));
    const auto tree = hash_items(*source_of(*file), file->secret);
    BOOST_TEST((tree->root == file->root));
}

BOOST_FIXTURE_TEST_CASE(what_anyone_could_prove_to_be_fraud_is_not_planned, Fixture) {
    BOOST_TEST(plan("1\n2\n1\n").error().message ==
               "items 0 and 2 are the same; whoever proves that takes part of the bond. Remove "
               "one.");
    BOOST_TEST(plan("1\n\"long\"\n", 5).error().message ==
               "the payload of item 1 has 6 bytes, the order allows 5");
}

BOOST_FIXTURE_TEST_CASE(the_file_is_private_and_never_replaced, Fixture) {
    const auto file = plan("1\n2\n");
    const fs::path path = submission_path(folder / "kept", *file);
    BOOST_REQUIRE(save_submission(path, *file));
    struct stat facts{};
    BOOST_REQUIRE(stat(path.c_str(), &facts) == 0);
    BOOST_TEST((facts.st_mode & 0777U) == 0600U);
    BOOST_TEST(!save_submission(path, *file));
    const auto read = load_submission(path);
    BOOST_REQUIRE(read);
    BOOST_TEST(json::to_string(*read) == json::to_string(*file));
    BOOST_TEST(submissions_in(folder / "kept").size() == 1U);
    BOOST_TEST(submissions_in(folder / "nowhere").empty());
}

BOOST_FIXTURE_TEST_CASE(a_changed_file_is_not_believed, Fixture) {
    auto file = *plan("1\n2\n");
    file.salt.bytes[0] ^= 1U;
    const fs::path path = folder / "changed.json";
    BOOST_REQUIRE(save_submission(path, file));
    BOOST_TEST(load_submission(path).error().message ==
               path.string() + " was changed: its commitment is not that of its fields");
    std::ofstream(folder / "other.json") << "{}";
    BOOST_TEST(
        load_submission(folder / "other.json").error().message.find("is no submission file") !=
        std::string::npos);
}
