// Scans show every record of a table once, whatever holds it: memory, the store, pending writes.
#include "chain/state/memory_reader.hpp"
#include "chain/state/pending_reader.hpp"
#include "tests/chain/state/state_fixture.hpp"

using namespace assay;

namespace {

const Bytes kUnordered{0x03, 0x01};
const Bytes kOrdered{0x03, 0x81};

Records table_of(const Records& all, const Bytes& prefix) {
    Records out;
    for (const auto& [key, value] : all)
        if (text_of(key).starts_with(text_of(prefix))) out.emplace(key, value);
    return out;
}

void check_scan(const StateReader& reader, const Records& all) {
    for (const Bytes& prefix : {kUnordered, kOrdered, Bytes{0x03, 0x02}, Bytes{0x04, 0x81}}) {
        Records seen;
        reader.scan(prefix, [&](ByteView key, ByteView value) {
            BOOST_TEST(seen.emplace(to_bytes(key), to_bytes(value)).second, "shown twice");
        });
        BOOST_TEST((seen == table_of(all, prefix)));
    }
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_scan_shows_a_table_once, StoreFixture) {
    check_scan(*store, records);
    RandomBlocks blocks(5, 700);
    MemoryReader memory;
    for (int round = 0; round < 20; ++round) {
        const auto changes = blocks.next(150, round % 5 == 4 ? 90 : 20);
        commit(changes);
        memory.apply(changes);
        check_scan(*store, records);
        check_scan(*store->latest(), records);
        check_scan(memory, records);
    }
    const auto before = store->latest();
    const Records old = records;
    commit(blocks.next(200, 50));
    check_scan(*before, old);
}

BOOST_FIXTURE_TEST_CASE(pending_writes_show_and_erased_records_do_not, StoreFixture) {
    RandomBlocks blocks(6, 400);
    commit(blocks.next(300, 0));
    State state(*store);
    Records expected = records;
    for (const auto& change : blocks.next(150, 50)) {
        state.write(change.key, change.value);
        if (change.value)
            expected[change.key] = *change.value;
        else
            expected.erase(change.key);
    }
    check_scan(PendingReader(state), expected);
}

BOOST_AUTO_TEST_CASE(a_typed_scan_gives_keys_and_values) {
    constexpr Table<std::uint64_t, std::uint32_t> kNumbers{ModuleId::market, 9};
    MemoryReader committed;
    State state(committed);
    for (std::uint32_t i = 1; i <= 5; ++i) state.put(kNumbers, i, i * i);
    committed.apply(state.take_changes());
    state.erase(kNumbers, 2);
    state.put(kNumbers, 9, 81);
    std::map<std::uint64_t, std::uint32_t> seen;
    state.scan(kNumbers, [&](std::uint64_t key, std::uint32_t value) { seen[key] = value; });
    const std::map<std::uint64_t, std::uint32_t> expected{
        {1, 1}, {3, 9}, {4, 16}, {5, 25}, {9, 81}};
    BOOST_TEST((seen == expected));
}
