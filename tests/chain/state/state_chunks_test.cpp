// The state in chunks: a hundred thousand records come back to the same root, and damage is seen.
#include "chain/state/state_chunks.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/chain/state/state_fixture.hpp"

namespace assay {

namespace {

std::vector<Bytes> chunks_of(const StateStore& store) {
    StateExport source(store.snapshot());
    std::vector<Bytes> out;
    while (true) {
        auto chunk = source.next();
        BOOST_REQUIRE(chunk.has_value());
        if (chunk->empty()) return out;
        out.push_back(std::move(*chunk));
    }
}

Result<void> stage_alone(ByteView chunk) {
    Batch batch;
    if (auto staged = stage_state_chunk(chunk, batch); !staged) return staged.error();
    return {};
}

const auto kNothingMore = [](const StateReader&, Batch&) { return Result<void>(); };

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_hundred_thousand_records_come_back_to_the_same_root, StoreFixture) {
    std::vector<Change> changes;
    for (std::uint32_t i = 0; i < 100'000; ++i) {
        Bytes key{3, static_cast<std::uint8_t>(i % 3 == 0 ? 0x81 : 1)};
        record::put_integer(key, i);
        changes.push_back({key, Bytes(i % 90, static_cast<std::uint8_t>(i))});
    }
    std::sort(changes.begin(), changes.end(),
              [](const Change& a, const Change& b) { return a.key < b.key; });
    commit(changes);
    const auto chunks = chunks_of(*store);
    BOOST_TEST(chunks.size() > 4u);
    StoreFixture other;
    for (auto chunk = chunks.rbegin(); chunk != chunks.rend(); ++chunk) {
        BOOST_TEST(chunk->size() <= kStateChunkBytes);
        Batch batch;
        BOOST_REQUIRE(stage_state_chunk(*chunk, batch).has_value());
        BOOST_REQUIRE(other.database->write(batch, false).has_value());
    }
    BOOST_TEST(!other.store->adopt(7, Hash256{{1}}, kNothingMore).has_value());
    BOOST_TEST(other.store->empty());
    BOOST_REQUIRE(other.store->adopt(7, store->root(), kNothingMore).has_value());
    BOOST_TEST((other.store->root() == store->root()));
    BOOST_TEST(other.store->height() == 7u);
    BOOST_TEST(other.store->verify().has_value());
    BOOST_TEST((chunks_of(*other.store) == chunks));
    // And it works on like any store.
    const std::vector<Change> next{{Bytes{3, 1, 0, 0, 0, 1}, Bytes{9}}, {Bytes{9, 9}, Bytes{1}}};
    commit(next);
    other.commit(next);
    BOOST_TEST((other.store->root() == store->root()));
    other.reopen();
    BOOST_TEST((other.store->root() == store->root()));
}

BOOST_FIXTURE_TEST_CASE(chunks_that_no_export_makes_are_refused, StoreFixture) {
    RandomBlocks random(5, 500);
    commit(random.next(400, 0));
    const Bytes chunk = chunks_of(*store).at(0);
    BOOST_TEST(stage_alone(chunk).has_value());
    std::size_t refused = 0;
    for (std::size_t size = 0; size < chunk.size(); ++size)
        refused += stage_alone(ByteView(chunk).first(size)).has_value() ? 0U : 1U;
    BOOST_TEST(refused >= chunk.size() - 400);  // it may end after each record
    Bytes twice = chunk;
    append(twice, chunk);
    BOOST_TEST(!stage_alone(twice).has_value());
    BOOST_TEST(!stage_alone(Bytes(6, 0)).has_value());
    BOOST_TEST(!stage_alone(Bytes(kStateChunkBytes + 1, 0)).has_value());
    BOOST_TEST(!stage_alone(Bytes{0, 1, 7, 0xFF, 0xFF, 0xFF, 0xFF, 0}).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_damaged_record_does_not_travel, StoreFixture) {
    RandomBlocks random(6, 500);
    commit(random.next(400, 0));
    const TreePath path = path_of(records.begin()->first);
    Bytes stored = *database->get(record_key(path));
    stored.back() ^= 1U;
    Batch batch;
    batch.put(record_key(path), stored);
    BOOST_REQUIRE(database->write(batch, false).has_value());
    StateExport source(database->snapshot());
    BOOST_TEST(!source.next().has_value());
}

BOOST_FIXTURE_TEST_CASE(a_record_larger_than_a_chunk_is_named, StoreFixture) {
    commit({{Bytes{3, 1, 5}, Bytes(kStateChunkBytes, 1)}});
    StateExport source(store->snapshot());
    BOOST_TEST(source.next().error().message.find("0x030105") != std::string::npos);
}

}  // namespace assay
