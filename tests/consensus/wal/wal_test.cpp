// The consensus log: what comes back after a clean stop, a cut, a crash, and damage.
#include "consensus/wal/wal.hpp"

#include <boost/test/unit_test.hpp>

#include "consensus/disk/posix_disk.hpp"
#include "tests/support/memory_disk.hpp"
#include "tests/support/temp_dir.hpp"

namespace assay::consensus::test {

namespace {

struct Entry {
    WalKind kind;
    std::uint64_t height;
    Bytes payload;
    bool operator==(const Entry&) const = default;
};

Entry entry(std::uint64_t i) {
    return {static_cast<WalKind>(i % 5), 1 + i / 3, Bytes(i * 37 % 150, std::uint8_t(i))};
}

std::vector<Entry> replayed(const Wal& wal, std::uint64_t from_height = 0) {
    std::vector<Entry> out;
    const auto done = wal.replay(from_height, [&](const WalRecord& record) {
        out.push_back({record.kind, record.height, to_bytes(record.payload)});
    });
    BOOST_TEST(done.has_value());
    return out;
}

bool put(Wal& wal, const Entry& e) {
    return wal.append(e.kind, e.height, e.payload).has_value();
}

const WalOptions kSmall{"wal", 2048};

bool is_prefix(const std::vector<Entry>& entries, std::size_t at_least) {
    if (entries.size() < at_least) return false;
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (entries[i] != entry(i)) return false;
    return true;
}

// A log of `count` records, all synced; its newest segment's path is returned.
std::string fill(assay::test::MemoryDisk& disk, std::uint64_t count) {
    auto wal = *Wal::open(disk, kSmall);
    for (std::uint64_t i = 0; i < count; ++i) {
        BOOST_REQUIRE(put(*wal, entry(i)));
        BOOST_REQUIRE(wal->sync().has_value());
    }
    return "wal/" + disk.list("wal")->back();
}

}  // namespace

BOOST_AUTO_TEST_CASE(records_come_back_in_order_across_segments) {
    assay::test::MemoryDisk disk;
    fill(disk, 100);
    const auto wal = *Wal::open(disk, kSmall);
    BOOST_TEST(wal->segments() > 3u);
    BOOST_TEST(replayed(*wal).size() == 100u);
    BOOST_TEST(is_prefix(replayed(*wal), 100));
    const auto late = replayed(*wal, 20);
    BOOST_TEST(late.size() == 43u);
    BOOST_TEST((late.front() == entry(57)));
}

BOOST_AUTO_TEST_CASE(appending_goes_on_after_reopening) {
    assay::test::MemoryDisk disk;
    for (std::uint64_t i = 0; i < 60; ++i) {
        const auto wal = *Wal::open(disk, kSmall);
        BOOST_REQUIRE(put(*wal, entry(i)));
        BOOST_REQUIRE(wal->sync().has_value());
    }
    BOOST_TEST(is_prefix(replayed(**Wal::open(disk, kSmall)), 60));
}

BOOST_AUTO_TEST_CASE(a_record_larger_than_a_segment_fits) {
    assay::test::MemoryDisk disk;
    const Bytes large(10'000, 9);
    {
        const auto wal = *Wal::open(disk, kSmall);
        BOOST_TEST(wal->append(WalKind::block, 1, large).has_value());
        BOOST_TEST(wal->append(WalKind::vote, 1, large).has_value());
        BOOST_TEST(wal->append(WalKind::proposal, 2, large).has_value());
        BOOST_TEST(wal->sync().has_value());
    }
    const auto entries = replayed(**Wal::open(disk, kSmall));
    BOOST_TEST(entries.size() == 3u);
    BOOST_TEST((entries.back() == Entry{WalKind::proposal, 2, large}));
}

BOOST_AUTO_TEST_CASE(pruning_keeps_the_heights_asked_for) {
    assay::test::MemoryDisk disk;
    fill(disk, 100);
    const auto wal = *Wal::open(disk, kSmall);
    const std::size_t before = wal->segments();
    BOOST_TEST(wal->prune(25).has_value());
    BOOST_TEST(wal->segments() < before);
    BOOST_TEST((replayed(*wal, 25).front() == entry(72)));
    BOOST_TEST(replayed(**Wal::open(disk, kSmall), 25).size() == 28u);
    BOOST_TEST(wal->prune(1'000'000).has_value());
    BOOST_TEST(wal->segments() == 1u);
}

// Cut at every byte of the newest segment: the whole records before the cut come back, and the log
// goes on from there.
BOOST_AUTO_TEST_CASE(any_cut_recovers_the_records_before_it) {
    assay::test::MemoryDisk model;
    const std::string path = fill(model, 20);
    const Bytes whole = model.raw(path);
    std::size_t last = 0;
    for (std::size_t cut = 16; cut <= whole.size(); ++cut) {
        assay::test::MemoryDisk disk = model;
        disk.set(path, Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut)));
        const auto wal = Wal::open(disk, kSmall);
        BOOST_REQUIRE(wal.has_value());
        const auto entries = replayed(**wal);
        BOOST_TEST(is_prefix(entries, last));
        last = entries.size();
        BOOST_REQUIRE((*wal)->append(WalKind::vote, 100, Bytes(5, 1)).has_value());
        BOOST_REQUIRE((*wal)->sync().has_value());
        BOOST_TEST(replayed(**Wal::open(disk, kSmall)).size() == entries.size() + 1);
    }
    BOOST_TEST(last == 20u);
}

// Flip any byte of what was durable: the log either still holds every record (the byte was padding
// of the tail), or lost only the very last record, or refuses to start and says where.
BOOST_AUTO_TEST_CASE(any_damage_before_the_last_record_is_refused) {
    assay::test::MemoryDisk model;
    const std::string path = fill(model, 20);
    const Bytes whole = model.raw(path);
    std::size_t refused = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        assay::test::MemoryDisk disk = model;
        Bytes damaged = whole;
        damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ 0x40);
        disk.set(path, damaged);
        const auto wal = Wal::open(disk, kSmall);
        if (wal) {
            BOOST_TEST(is_prefix(replayed(**wal), 19));
            continue;
        }
        ++refused;
        BOOST_TEST(wal.error().message.find(path) != std::string::npos);
        BOOST_TEST(wal.error().message.find("offset") != std::string::npos);
        BOOST_TEST(wal.error().message.find("restore") != std::string::npos);
    }
    BOOST_TEST(refused > 100u);
}

BOOST_AUTO_TEST_CASE(a_finished_segment_must_be_whole) {
    assay::test::MemoryDisk disk;
    fill(disk, 100);
    const std::string first = "wal/" + disk.list("wal")->front();
    Bytes content = disk.raw(first);
    std::size_t end = content.size();
    while (content[end - 1] == 0) --end;
    content.resize(end - 20);
    disk.set(first, content);
    const auto wal = Wal::open(disk, kSmall);
    BOOST_REQUIRE(!wal.has_value());
    BOOST_TEST(wal.error().message.find(first) != std::string::npos);
}

// Stop the disk at every effect, lose any part of what was not synced, and open again: everything
// that sync() promised is there, in order.
BOOST_AUTO_TEST_CASE(no_crash_loses_a_synced_record_or_refuses_to_start) {
    for (std::uint64_t stop = 0; stop < 120; ++stop)
        for (std::uint64_t seed = 0; seed < 5; ++seed) {
            std::mt19937_64 random(seed * 1000 + stop);
            assay::test::MemoryDisk disk;
            disk.fail_after(stop);
            std::size_t promised = 0;
            auto wal = Wal::open(disk, kSmall);
            for (std::uint64_t i = 0; wal && i < 40; ++i) {
                if (!put(**wal, entry(i))) break;
                if (i % 3 != 2) continue;
                if (!(*wal)->sync()) break;
                promised = i + 1;
            }
            disk.crash(random);
            const auto after = Wal::open(disk, kSmall);
            BOOST_REQUIRE_MESSAGE(after, (after ? "" : after.error().message));
            BOOST_TEST(is_prefix(replayed(**after), promised));
        }
}

BOOST_AUTO_TEST_CASE(a_log_whose_disk_failed_takes_nothing_more) {
    assay::test::MemoryDisk disk;
    const auto wal = *Wal::open(disk, kSmall);
    BOOST_TEST(put(*wal, entry(0)));
    disk.fail_after(0);
    BOOST_TEST(!wal->sync().has_value());
    disk.fail_after(100);
    BOOST_TEST(!wal->sync().has_value());
    BOOST_TEST(!put(*wal, entry(1)));
}

BOOST_AUTO_TEST_CASE(the_real_disk_keeps_a_log_too) {
    const TempDir dir;
    PosixDisk disk;
    const WalOptions options{dir.path() + "/a/wal", 4096};
    {
        const auto wal = Wal::open(disk, options);
        BOOST_REQUIRE_MESSAGE(wal, (wal ? "" : wal.error().message));
        for (std::uint64_t i = 0; i < 100; ++i) BOOST_TEST(put(**wal, entry(i)));
        BOOST_TEST((*wal)->sync().has_value());
        BOOST_TEST((*wal)->prune(10).has_value());
    }
    const auto entries = replayed(**Wal::open(disk, options), 10);
    BOOST_TEST(entries.size() == 73u);
    BOOST_TEST((entries.back() == entry(99)));
}

}  // namespace assay::consensus::test
