// Readers on other threads see whole heights and valid proofs while blocks are committed.
#include <atomic>
#include <thread>

#include "tests/chain/state/state_fixture.hpp"

using namespace assay;

namespace {

// A record that every block changes to its own height, among many that change at random.
const Bytes kHeightKey{0x03, 0x02};

Bytes height_value(std::uint64_t height) {
    return to_bytes(view_of(std::to_string(height)));
}

struct Reader {
    const StateStore& store;
    std::atomic<bool>& stop;
    std::uint64_t reads = 0;
    std::uint64_t failures = 0;

    void run(std::uint64_t seed) {
        RandomBlocks blocks(seed, 2000);
        while (!stop.load()) {
            const std::uint64_t newest = store.height();
            const std::uint64_t back = blocks.below(64);
            const std::uint64_t height = newest > back ? newest - back : newest;
            const auto reader = store.at(height);
            const auto root = store.root_at(height);
            if (!reader || !root) continue;
            if (reader->get(kHeightKey) != height_value(height)) ++failures;
            const Bytes key = blocks.any_key();
            const auto value = reader->get(key);
            const auto proof = store.prove(height, key);
            if (!proof) continue;
            const auto expected = value ? std::optional<ByteView>(*value) : std::nullopt;
            if (!verify_proof(*root, key, expected, *proof)) ++failures;
            ++reads;
        }
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(readers_see_whole_heights_while_blocks_are_committed, StoreFixture) {
    RandomBlocks blocks(21, 2000);
    const auto block = [&](std::uint64_t height) {
        auto changes = blocks.next(150, 30);
        changes.insert(std::lower_bound(changes.begin(), changes.end(), kHeightKey,
                                        [](const Change& c, const Bytes& k) { return c.key < k; }),
                       {kHeightKey, height_value(height)});
        commit(changes);
    };
    for (std::uint64_t height = 0; height < 3; ++height) block(height);
    std::atomic<bool> stop = false;
    std::vector<Reader> readers(3, Reader{*store, stop});
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < readers.size(); ++i)
        threads.emplace_back([&, i] { readers[i].run(100 + i); });
    for (std::uint64_t height = 3; height < 300; ++height) block(height);
    stop = true;
    for (auto& thread : threads) thread.join();
    std::uint64_t reads = 0;
    for (const auto& reader : readers) {
        BOOST_TEST(reader.failures == 0U);
        reads += reader.reads;
    }
    BOOST_TEST(reads > 0U);
    BOOST_TEST((store->root() == reference_root(records)));
}
