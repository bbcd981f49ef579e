// Damage to a store is named by open() or by verify(), never carried on with.
#include <functional>

#include "chain/state/state_record.hpp"
#include "tests/chain/state/state_fixture.hpp"

using namespace assay;

namespace {

struct DamageFixture : StoreFixture {
    DamageFixture() {
        RandomBlocks blocks(9, 300);
        for (int i = 0; i < 5; ++i) commit(blocks.next(100, 10));
        for (const auto& [key, value] : records)
            if (is_ordered_key(key) && value.size() > 4) victim = key;
        stored = record_key(path_of(victim));
        BOOST_REQUIRE(store->verify().has_value());
    }
    void write(const std::function<void(Batch&)>& damage) {
        Batch batch;
        damage(batch);
        BOOST_REQUIRE(database->write(batch, true).has_value());
    }
    std::string open_error() {
        const auto opened = StateStore::open(*database);
        return opened ? "" : opened.error().message;
    }
    std::string verify_error() {
        const auto opened = StateStore::open(*database);
        BOOST_REQUIRE(opened.has_value());
        const auto verified = (*opened)->verify();
        return verified ? "" : verified.error().message;
    }
    Bytes victim;
    RecordKey stored;
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_missing_record_is_refused_at_opening, DamageFixture) {
    write([&](Batch& batch) { batch.erase(stored); });
    BOOST_TEST(has(open_error(), "records, its head states"));
}

BOOST_FIXTURE_TEST_CASE(another_leaf_hash_is_refused_at_opening, DamageFixture) {
    write([&](Batch& batch) {
        Bytes raw = *database->get(stored);
        raw[0] ^= 1;
        batch.put(stored, raw);
    });
    BOOST_TEST(has(open_error(), "the head states 0x"));
}

BOOST_FIXTURE_TEST_CASE(a_record_cut_short_is_refused_at_opening, DamageFixture) {
    write([&](Batch& batch) { batch.put(stored, Bytes(20)); });
    BOOST_TEST(has(open_error(), "shorter than its header"));
}

BOOST_FIXTURE_TEST_CASE(a_missing_head_is_refused_at_opening, DamageFixture) {
    write([&](Batch& batch) { batch.erase(ByteView(&kHeadKey, 1)); });
    BOOST_TEST(has(open_error(), "no state head"));
}

BOOST_FIXTURE_TEST_CASE(a_changed_value_is_found_by_verify, DamageFixture) {
    write([&](Batch& batch) {
        Bytes raw = *database->get(stored);
        raw.back() ^= 1;
        batch.put(stored, raw);
    });
    BOOST_TEST(has(verify_error(), "does not have its stored leaf hash"));
}

BOOST_FIXTURE_TEST_CASE(a_changed_key_is_found_by_verify, DamageFixture) {
    write([&](Batch& batch) {
        Bytes raw = *database->get(stored);
        raw[36] ^= 1;
        batch.put(stored, raw);
    });
    BOOST_TEST(has(verify_error(), "is stored elsewhere"));
}

BOOST_FIXTURE_TEST_CASE(ordered_copies_are_compared_by_verify, DamageFixture) {
    const Bytes copy = *database->get(ordered_key(victim));
    write([&](Batch& batch) { batch.erase(ordered_key(victim)); });
    BOOST_TEST(has(verify_error(), "has no ordered copy"));
    write([&](Batch& batch) { batch.put(ordered_key(victim), Bytes{1}); });
    BOOST_TEST(has(verify_error(), "differs from its ordered copy"));
    write([&](Batch& batch) {
        batch.put(ordered_key(victim), copy);
        batch.put(ordered_key(Bytes{0x03, 0x81, 0xff, 0xff, 0xff}), copy);
    });
    BOOST_TEST(has(verify_error(), "ordered copies of"));
}
