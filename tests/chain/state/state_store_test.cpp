// The committed state: roots, reads, walks, reopening, and what a crash leaves.
#include "chain/state/state_store.hpp"

#include "tests/chain/state/state_fixture.hpp"

using namespace assay;

namespace {

const Bytes kOrderedPrefix{0x03, 0x81};

void check_reads(const StateReader& reader, const Records& records, RandomBlocks& blocks) {
    for (int i = 0; i < 50; ++i) {
        const Bytes key = blocks.any_key();
        const auto it = records.find(key);
        const auto expected = it == records.end() ? std::nullopt : std::optional(it->second);
        BOOST_TEST((reader.get(key) == expected));
    }
}

void check_walk(const StateReader& reader, const Records& records) {
    Bytes from = kOrderedPrefix;
    for (const auto& [key, value] : records) {
        if (key[1] != 0x81) continue;
        const auto found = reader.next(from, kOrderedPrefix);
        BOOST_REQUIRE(found.has_value());
        BOOST_TEST((*found == std::pair{key, value}));
        from = key;
        from.push_back(0);
    }
    BOOST_TEST(!reader.next(from, kOrderedPrefix).has_value());
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_empty_store_has_the_zero_root, StoreFixture) {
    BOOST_TEST(store->empty());
    BOOST_TEST((store->root() == kEmptyTree));
    BOOST_TEST(store->latest() == nullptr);
    commit({});
    BOOST_TEST(!store->empty());
    BOOST_TEST(store->height() == 0U);
    BOOST_TEST((store->root() == kEmptyTree));
}

BOOST_FIXTURE_TEST_CASE(roots_and_reads_follow_the_definition_over_many_blocks, StoreFixture) {
    RandomBlocks blocks(1, 1500);
    for (int round = 0; round < 120; ++round) {
        const bool shrinking = round % 40 >= 30;
        commit(blocks.next(1 + blocks.below(200), shrinking ? 90 : 20));
        BOOST_TEST((store->root() == reference_root(records)));
        check_reads(*store, records, blocks);
        if (round % 10 == 0) {
            check_walk(*store, records);
            check_reads(*store->latest(), records, blocks);
        }
        if (round % 15 == 7) {
            // With caches too small to hold anything for long, and with none.
            reopen({.record_cache_bytes = round % 2 == 0 ? 0U : 4096U,
                    .leaf_cache_buckets = round % 2 == 0 ? 0U : 8U});
            BOOST_TEST((store->root() == reference_root(records)));
            BOOST_TEST(store->verify().has_value());
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_dropped_preparation_changes_nothing, StoreFixture) {
    RandomBlocks blocks(2, 400);
    commit(blocks.next(300, 0));
    const Hash256 before = store->root();
    for (int i = 0; i < 5; ++i) {
        Batch dropped;
        const auto prepared = store->prepare(store->height() + 1, blocks.next(200, 50), dropped);
        BOOST_TEST(prepared->height() == store->height() + 1);
        BOOST_TEST((store->root() == before));
        check_reads(*store, records, blocks);
    }
    commit(blocks.next(200, 50));
    BOOST_TEST((store->root() == reference_root(records)));
    BOOST_TEST(store->verify().has_value());
}

BOOST_FIXTURE_TEST_CASE(a_crash_before_or_after_the_write_leaves_one_whole_height, StoreFixture) {
    RandomBlocks blocks(3, 400);
    for (int round = 0; round < 10; ++round) {
        commit(blocks.next(100, 30));
        const auto changes = blocks.next(100, 30);
        Batch batch;
        auto prepared = store->prepare(store->height() + 1, changes, batch);
        const auto height = store->height();
        if (round % 2 == 0) {
            prepared.reset();
            reopen();  // died before the write
            BOOST_TEST(store->height() == height);
        } else {
            BOOST_REQUIRE(database->write(batch, true).has_value());
            prepared.reset();
            reopen();  // died between the write and commit()
            apply(changes);
            BOOST_TEST(store->height() == height + 1);
        }
        BOOST_TEST((store->root() == reference_root(records)));
        BOOST_TEST(store->verify().has_value());
    }
}

BOOST_FIXTURE_TEST_CASE(earlier_heights_stay_readable_within_the_window, StoreFixture) {
    RandomBlocks blocks(4, 300);
    std::vector<Records> history;
    for (std::size_t height = 0; height < kHistoryHeights + 40; ++height) {
        commit(blocks.next(20, 30));
        history.push_back(records);
    }
    for (std::uint64_t height = 0; height < history.size(); ++height) {
        const auto reader = store->at(height);
        if (height < 40) {
            BOOST_TEST(reader == nullptr);
            BOOST_TEST(!store->root_at(height).has_value());
            continue;
        }
        BOOST_REQUIRE(reader != nullptr);
        BOOST_TEST((store->root_at(height) == reference_root(history[height])));
        check_reads(*reader, history[height], blocks);
        check_walk(*reader, history[height]);
    }
    BOOST_TEST(store->at(history.size()) == nullptr);
}

BOOST_FIXTURE_TEST_CASE(a_journal_walks_stored_and_pending_records_together, StoreFixture) {
    RandomBlocks blocks(5, 300);
    for (int round = 0; round < 20; ++round) {
        commit(blocks.next(100, 30));
        State state(*store);
        const Records before = records;
        const auto mark = state.checkpoint();
        const auto pending = blocks.next(60, 50);
        for (const auto& change : pending) state.write(change.key, change.value);
        apply(pending);
        Bytes from = kOrderedPrefix;
        for (const auto& [key, value] : records) {
            if (key[1] != 0x81) continue;
            const auto found = state.next_raw(from, kOrderedPrefix);
            BOOST_REQUIRE(found.has_value());
            BOOST_TEST((*found == std::pair{key, value}));
            from = key;
            from.push_back(0);
        }
        BOOST_TEST(!state.next_raw(from, kOrderedPrefix).has_value());
        state.rollback(mark);
        records = before;
        for (const auto& change : pending) {
            const auto it = records.find(change.key);
            BOOST_TEST((state.read(change.key) ==
                        (it == records.end() ? std::nullopt : std::optional(it->second))));
        }
        BOOST_TEST(state.take_changes().empty());
    }
}
