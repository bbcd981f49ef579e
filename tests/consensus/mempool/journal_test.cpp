// The mempool's journal: what comes back after a restart, a torn end, and many rewrites.
#include "consensus/mempool/journal.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/crypto/hash.hpp"
#include "tests/support/memory_disk.hpp"

using namespace assay;

namespace {

constexpr const char* kPath = "data/mempool.journal";

CheckedTxPtr tx(std::uint64_t nonce) {
    auto out = std::make_shared<CheckedTx>();
    out->sender = Address{{1}};
    out->envelope.nonce = nonce;
    out->envelope.max_fee_per_gas = 10;
    out->raw = record::encode(nonce);
    out->hash = keccak256(out->raw);
    return out;
}

std::vector<Bytes> reopened(test::MemoryDisk& disk) {
    std::vector<Bytes> out;
    const auto journal =
        MempoolJournal::open(disk, kPath, 1'000, [&](Bytes raw) { out.push_back(std::move(raw)); });
    BOOST_REQUIRE(journal.has_value());
    return out;
}

std::unique_ptr<MempoolJournal> fresh(test::MemoryDisk& disk) {
    return *MempoolJournal::open(disk, kPath, 1'000, [](const Bytes&) {});
}

}  // namespace

BOOST_AUTO_TEST_CASE(accepted_transactions_come_back_in_order) {
    test::MemoryDisk disk;
    const auto journal = fresh(disk);
    std::vector<Bytes> expected;
    for (std::uint64_t nonce = 0; nonce < 10; ++nonce) {
        BOOST_TEST(journal->add(*tx(nonce)).has_value());
        expected.push_back(tx(nonce)->raw);
    }
    BOOST_TEST((reopened(disk) == expected));
    BOOST_TEST((reopened(disk) == expected));  // reading loses nothing
}

BOOST_AUTO_TEST_CASE(a_torn_end_loses_only_itself) {
    test::MemoryDisk disk;
    const auto journal = fresh(disk);
    for (std::uint64_t nonce = 0; nonce < 3; ++nonce)
        BOOST_TEST(journal->add(*tx(nonce)).has_value());
    Bytes content = disk.raw(kPath);
    content.resize(content.size() - 5);
    disk.set(kPath, content);
    BOOST_TEST((reopened(disk) == std::vector<Bytes>{tx(0)->raw, tx(1)->raw}));
}

BOOST_AUTO_TEST_CASE(the_file_is_rewritten_with_what_still_waits) {
    test::MemoryDisk disk;
    const auto journal = fresh(disk);
    Mempool pool;
    for (std::uint64_t nonce = 0; nonce < 500; ++nonce) {
        const auto one = tx(nonce);
        BOOST_REQUIRE(pool.add(one, nonce < 2 ? 0 : nonce - 2).has_value());
        BOOST_REQUIRE(journal->add(*one).has_value());
        if (nonce >= 2) pool.committed({tx(nonce - 2)}, nonce);
        BOOST_REQUIRE(journal->trim(pool).has_value());
        BOOST_REQUIRE(journal->bytes() <= 1'000 + 2 * 40);
    }
    const auto back = reopened(disk);
    BOOST_REQUIRE(back.size() >= 2u);
    BOOST_TEST((back.back() == tx(499)->raw));
    BOOST_TEST((back[back.size() - 2] == tx(498)->raw));
}

BOOST_AUTO_TEST_CASE(a_failing_disk_is_reported) {
    test::MemoryDisk disk;
    const auto journal = fresh(disk);
    disk.fail_after(0);
    BOOST_TEST(!journal->add(*tx(0)).has_value());
}
