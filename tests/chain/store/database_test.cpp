// The store: atomic batches, snapshots, order, and damage that is noticed.
#include "chain/store/database.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "tests/support/temp_dir.hpp"

using namespace assay;

namespace {

std::unique_ptr<Database> open_at(const std::string& path) {
    auto database = Database::open(path);
    BOOST_REQUIRE(database.has_value());
    return std::move(*database);
}

Bytes bytes(std::string_view text) {
    return to_bytes(view_of(text));
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_batch_is_written_whole_and_survives_reopening) {
    const TempDir dir;
    {
        auto database = open_at(dir.path());
        Batch batch;
        batch.put(view_of("a"), view_of("1"));
        batch.put(view_of("b"), view_of("2"));
        batch.erase(view_of("a"));
        BOOST_TEST(!database->get(view_of("b")).has_value());
        BOOST_REQUIRE(database->write(batch, true).has_value());
    }
    auto database = open_at(dir.path());
    BOOST_TEST(!database->get(view_of("a")).has_value());
    BOOST_TEST((database->get(view_of("b")) == bytes("2")));
}

BOOST_AUTO_TEST_CASE(a_snapshot_does_not_see_later_writes) {
    const TempDir dir;
    auto database = open_at(dir.path());
    Batch batch;
    batch.put(view_of("k"), view_of("old"));
    BOOST_REQUIRE(database->write(batch, false).has_value());
    const auto snapshot = database->snapshot();
    batch.clear();
    batch.put(view_of("k"), view_of("new"));
    batch.put(view_of("l"), view_of("x"));
    BOOST_REQUIRE(database->write(batch, false).has_value());
    BOOST_TEST((snapshot->get(view_of("k")) == bytes("old")));
    BOOST_TEST(!snapshot->get(view_of("l")).has_value());
    BOOST_TEST((database->get(view_of("k")) == bytes("new")));
    auto it = snapshot->iterator();
    it.seek(view_of("a"));
    BOOST_REQUIRE(it.valid());
    BOOST_TEST(text_of(it.value()) == "old");
    it.next();
    BOOST_TEST(!it.valid());
}

BOOST_AUTO_TEST_CASE(an_iterator_walks_both_ways_in_byte_order) {
    const TempDir dir;
    auto database = open_at(dir.path());
    Batch batch;
    for (const char* key : {"c", "a", "b"}) batch.put(view_of(key), view_of(key));
    BOOST_REQUIRE(database->write(batch, false).has_value());
    auto it = database->iterator();
    it.seek(view_of("aa"));
    BOOST_TEST(text_of(it.key()) == "b");
    it.prev();
    BOOST_TEST(text_of(it.key()) == "a");
    it.seek_last();
    BOOST_TEST(text_of(it.key()) == "c");
    it.next();
    BOOST_TEST(!it.valid());
    BOOST_TEST(it.status().has_value());
}

BOOST_AUTO_TEST_CASE(a_store_in_use_or_missing_is_refused) {
    const TempDir dir;
    auto database = open_at(dir.path() + "/one");
    BOOST_TEST(!Database::open(dir.path() + "/one").has_value());
    BOOST_TEST(!Database::open(dir.path() + "/two", {.create = false}).has_value());
}

BOOST_AUTO_TEST_CASE(a_damaged_manifest_is_refused) {
    const TempDir dir;
    {
        auto database = open_at(dir.path());
        Batch batch;
        batch.put(view_of("a"), view_of("1"));
        BOOST_REQUIRE(database->write(batch, true).has_value());
    }
    std::ofstream(dir.path() + "/CURRENT") << "MANIFEST-999999\n";
    BOOST_TEST(!Database::open(dir.path()).has_value());
}
