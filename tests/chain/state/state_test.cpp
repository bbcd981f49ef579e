// The journal: typed records, nested checkpoints, and the changes a block leaves.
#include "chain/state/state.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

#include "chain/state/memory_reader.hpp"

using namespace assay;

namespace {

struct Note {
    std::uint64_t number = 0;
    Bytes text;
    friend bool operator==(const Note&, const Note&) = default;
};
BOOST_DESCRIBE_STRUCT(Note, (), (number, text))

constexpr Table<std::uint64_t, Note> kNotes{ModuleId::bank, 0x70};
constexpr Table<std::uint64_t, Note> kQueue{ModuleId::bank, 0xf0};
constexpr Table<Only, std::uint64_t> kCounter{ModuleId::bank, 0x71};

Bytes raw_key(std::uint32_t number) {
    return {2, static_cast<std::uint8_t>(number % 2 == 0 ? 0xf0 : 0x70),
            static_cast<std::uint8_t>(number)};
}

}  // namespace

BOOST_AUTO_TEST_CASE(records_are_typed_and_absent_ones_are_told_apart) {
    MemoryReader committed;
    State state(committed);
    BOOST_TEST(!state.get(kNotes, 1).has_value());
    BOOST_TEST(state.get_or_default(kCounter, {}) == 0U);
    state.put(kNotes, 1, {5, {1, 2}});
    state.put(kCounter, {}, 7);
    BOOST_TEST((state.must_get(kNotes, 1) == Note{5, {1, 2}}));
    BOOST_TEST(state.contains(kCounter, {}));
    committed.apply(state.take_changes());
    BOOST_TEST(state.must_get(kCounter, {}) == 7U);
    state.erase(kNotes, 1);
    BOOST_TEST(!state.contains(kNotes, 1));
    const auto changes = state.take_changes();
    BOOST_REQUIRE(changes.size() == 1U);
    BOOST_TEST(!changes[0].value.has_value());
}

BOOST_AUTO_TEST_CASE(ordered_tables_walk_in_numeric_order_across_both_layers) {
    MemoryReader committed;
    State state(committed);
    for (const std::uint64_t key : {256U, 2U, 70000U}) state.put(kQueue, key, {key, {}});
    committed.apply(state.take_changes());
    state.put(kQueue, 3, {3, {}});
    state.erase(kQueue, 256);
    state.put(kNotes, 1, {});
    std::vector<std::uint64_t> seen;
    for (auto at = state.first(kQueue); at; at = state.next_after(kQueue, at->first))
        seen.push_back(at->first);
    BOOST_TEST((seen == std::vector<std::uint64_t>{2, 3, 70000}));
    BOOST_TEST(state.next(kQueue, 3)->first == 3U);
    BOOST_TEST(state.next(kQueue, 4)->first == 70000U);
}

BOOST_AUTO_TEST_CASE(writing_back_what_was_stored_is_no_change) {
    MemoryReader committed;
    committed.apply({{raw_key(1), Bytes{1}}});
    State state(committed);
    const auto mark = state.checkpoint();
    state.write(raw_key(1), Bytes{2});
    BOOST_TEST(state.changed_since(mark));
    state.write(raw_key(1), Bytes{1});
    state.write(raw_key(3), Bytes{1});
    state.write(raw_key(3), std::nullopt);
    BOOST_TEST(!state.changed_since(mark));
    BOOST_TEST(state.take_changes().empty());
}

BOOST_AUTO_TEST_CASE(rollback_returns_records_and_logs_to_any_earlier_mark) {
    std::mt19937_64 random(3);
    MemoryReader committed;
    for (std::uint32_t i = 0; i < 30; ++i) committed.apply({{raw_key(i), Bytes{0}}});
    State state(committed);
    const auto contents = [&] {
        std::vector<std::optional<Bytes>> out;
        for (std::uint32_t i = 0; i < 60; ++i) out.push_back(state.read(raw_key(i)));
        Bytes from{2, 0xf0};
        while (const auto found = state.next_raw(from, {2, 0xf0})) {
            out.push_back(found->first);
            from = found->first;
            from.push_back(0);
        }
        return out;
    };
    using Contents = std::vector<std::optional<Bytes>>;
    std::vector<std::pair<State::Checkpoint, Contents>> marks;
    for (int step = 0; step < 2000; ++step) {
        const auto choice = random() % 20;
        if (choice == 0) {
            marks.emplace_back(state.checkpoint(), contents());
        } else if (choice == 1 && !marks.empty()) {
            marks.resize(1 + random() % marks.size());
            state.rollback(marks.back().first);
            BOOST_TEST((contents() == marks.back().second));
            BOOST_TEST(state.log_count() == marks.back().first.log_count);
            marks.pop_back();
        } else if (choice == 2) {
            state.emit({});
        } else {
            std::optional<Bytes> value;
            if (random() % 3 != 0) value = Bytes{static_cast<std::uint8_t>(random())};
            state.write(raw_key(static_cast<std::uint32_t>(random() % 60)), value);
        }
    }
    const auto expected = contents();
    const auto changes = state.take_changes();
    BOOST_TEST(std::is_sorted(changes.begin(), changes.end(),
                              [](const Change& a, const Change& b) { return a.key < b.key; }));
    committed.apply(changes);
    BOOST_TEST((contents() == expected));
}
