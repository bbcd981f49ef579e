// Admission, replacement, order of selection, eviction and forgetting.
#include "consensus/mempool/mempool.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

#include "chain/crypto/hash.hpp"

using namespace assay;

namespace {

const Address kAlice{{1}};
const Address kBob{{2}};

// A transaction as the checker leaves it; no signature is needed to order it.
CheckedTxPtr tx(const Address& sender, std::uint64_t nonce, std::uint64_t tip,
                std::uint64_t cap = 1'000, std::size_t size = 100) {
    auto out = std::make_shared<CheckedTx>();
    out->sender = sender;
    out->envelope.nonce = nonce;
    out->envelope.max_fee_per_gas = cap;
    out->envelope.max_priority_fee_per_gas = tip;
    out->gas = 21'000;
    out->raw.assign(size, 0);
    Bytes identity = record::encode(nonce);
    append(identity, sender);
    append(identity, record::encode(tip));
    append(identity, record::encode(cap));
    out->hash = sha256(identity);
    return out;
}

std::string refusal(Mempool& pool, const CheckedTxPtr& candidate, std::uint64_t nonce = 0) {
    const auto added = pool.add(candidate, nonce);
    return added ? "" : added.error().message;
}

std::vector<std::pair<Address, std::uint64_t>> selected(const Mempool& pool, Amount base_fee = 0,
                                                        std::uint64_t gas = 1'000'000'000) {
    std::vector<std::pair<Address, std::uint64_t>> out;
    for (const auto& chosen : pool.select(base_fee, gas, 1'000'000'000))
        out.emplace_back(chosen->sender, chosen->envelope.nonce);
    return out;
}

using Order = std::vector<std::pair<Address, std::uint64_t>>;

}  // namespace

BOOST_AUTO_TEST_CASE(the_best_tip_goes_first_and_nonces_stay_in_order) {
    Mempool pool;
    BOOST_TEST(refusal(pool, tx(kAlice, 1, 90)) == "");
    BOOST_TEST(refusal(pool, tx(kAlice, 0, 10)) == "");
    BOOST_TEST(refusal(pool, tx(kBob, 0, 50)) == "");
    BOOST_TEST(refusal(pool, tx(kBob, 2, 99)) == "");  // a gap: waits
    BOOST_TEST((selected(pool) == Order{{kBob, 0}, {kAlice, 0}, {kAlice, 1}}));
    BOOST_TEST((pool.counts() == std::pair<std::size_t, std::size_t>{3, 1}));
    BOOST_TEST(pool.next_nonce(kBob, 0) == 1u);
    BOOST_TEST(pool.next_nonce(kAlice, 0) == 2u);
}

BOOST_AUTO_TEST_CASE(refusals_carry_the_texts_that_wallets_match) {
    Mempool pool({.max_txs_per_sender = 2, .max_nonce_gap = 5});
    BOOST_TEST(refusal(pool, tx(kAlice, 3, 10), 3) == "");
    BOOST_TEST(refusal(pool, tx(kAlice, 3, 10), 3) == "already known");
    BOOST_TEST(refusal(pool, tx(kAlice, 2, 10), 3) == "nonce too low: next nonce 3, tx nonce 2");
    BOOST_TEST(refusal(pool, tx(kAlice, 9, 10), 3) == "nonce too high: next nonce 3, tx nonce 9");
    BOOST_TEST(refusal(pool, tx(kAlice, 4, 10), 3) == "");
    BOOST_TEST(refusal(pool, tx(kAlice, 5, 10), 3) ==
               "txpool is full: at most 2 transactions wait for one sender");
}

BOOST_AUTO_TEST_CASE(a_replacement_needs_ten_percent_more_of_both_fees) {
    Mempool pool;
    BOOST_TEST(refusal(pool, tx(kAlice, 0, 100, 1'000)) == "");
    BOOST_TEST(refusal(pool, tx(kAlice, 0, 109, 1'100)) == "replacement transaction underpriced");
    BOOST_TEST(refusal(pool, tx(kAlice, 0, 110, 1'099)) == "replacement transaction underpriced");
    const auto better = tx(kAlice, 0, 110, 1'100);
    BOOST_TEST(refusal(pool, better) == "");
    BOOST_TEST(pool.size() == 1u);
    BOOST_TEST((pool.find(better->hash) == better));
}

BOOST_AUTO_TEST_CASE(a_full_pool_drops_the_cheapest_for_a_better_one_only) {
    Mempool pool({.max_txs = 2});
    const auto cheap = tx(kAlice, 0, 5);
    BOOST_TEST(refusal(pool, cheap) == "");
    BOOST_TEST(refusal(pool, tx(kBob, 0, 7)) == "");
    BOOST_TEST(refusal(pool, tx(kBob, 1, 5)) == "txpool is full");
    BOOST_TEST(refusal(pool, tx(kBob, 1, 6)) == "");
    BOOST_TEST((pool.find(cheap->hash) == nullptr));
    Mempool small({.max_bytes = 150});
    BOOST_TEST(refusal(small, tx(kAlice, 0, 5)) == "");
    BOOST_TEST(refusal(small, tx(kBob, 0, 5)) == "txpool is full");
    BOOST_TEST(small.bytes() == 100u);
}

BOOST_AUTO_TEST_CASE(what_cannot_pay_the_base_fee_waits_with_what_follows) {
    Mempool pool;
    BOOST_TEST(refusal(pool, tx(kAlice, 0, 10, 20)) == "");
    BOOST_TEST(refusal(pool, tx(kAlice, 1, 10, 500)) == "");
    BOOST_TEST(refusal(pool, tx(kBob, 0, 1, 30)) == "");
    BOOST_TEST((selected(pool, 25) == Order{{kBob, 0}}));
    BOOST_TEST((selected(pool, 0, 21'000) == Order{{kAlice, 0}}));  // the gas limit holds
}

BOOST_AUTO_TEST_CASE(a_commit_drops_taken_stale_and_old_ones) {
    Mempool pool({.max_age_blocks = 10});
    const auto first = tx(kAlice, 0, 10);
    BOOST_TEST(refusal(pool, first) == "");
    BOOST_TEST(refusal(pool, tx(kAlice, 1, 10)) == "");
    pool.committed({tx(kAlice, 0, 77)}, 1);  // another one with the same nonce won
    BOOST_TEST((selected(pool) == Order{{kAlice, 1}}));
    BOOST_TEST(refusal(pool, first) == "nonce too low: next nonce 1, tx nonce 0");
    pool.committed({}, 11);
    BOOST_TEST(pool.size() == 0u);
    BOOST_TEST(pool.bytes() == 0u);
}

BOOST_AUTO_TEST_CASE(random_use_keeps_counts_and_orders_consistent) {
    std::mt19937_64 random(7);
    Mempool pool({.max_txs = 50,
                  .max_bytes = 4'000,
                  .max_txs_per_sender = 12,
                  .max_nonce_gap = 30,
                  .max_age_blocks = 20});
    std::map<Address, std::uint64_t> nonces;
    for (std::uint64_t step = 1; step <= 20'000; ++step) {
        const Address who{{static_cast<std::uint8_t>(1 + random() % 8)}};
        const auto candidate = tx(who, nonces[who] + random() % 6, random() % 40,
                                  100 + random() % 900, 50 + random() % 100);
        (void)pool.add(candidate, nonces[who]);
        if (random() % 7 == 0) pool.drop(candidate->hash);
        if (random() % 5 == 0) {
            const auto block = pool.select(Amount(random() % 300), 21'000 * (random() % 9), 900);
            for (const auto& taken : block) {
                BOOST_REQUIRE(taken->envelope.nonce == nonces[taken->sender]);
                ++nonces[taken->sender];
            }
            pool.committed(block, step);
        }
        std::size_t listed = 0;
        std::size_t bytes = 0;
        for (const auto& content : pool.content())
            for (const auto* part : {&content.pending, &content.queued})
                for (const auto& waiting : *part) {
                    ++listed;
                    bytes += waiting->raw.size();
                    BOOST_REQUIRE(pool.find(waiting->hash) == waiting);
                }
        BOOST_REQUIRE(listed == pool.size() && bytes == pool.bytes());
        BOOST_REQUIRE(listed <= 50 && bytes <= 4'000);
    }
}

// The same greedy choice made slowly: at each turn the best of all senders' next transactions.
BOOST_AUTO_TEST_CASE(selection_is_the_greedy_one_at_any_base_fee) {
    std::mt19937_64 random(11);
    for (int round = 0; round < 200; ++round) {
        Mempool pool;
        std::vector<CheckedTxPtr> arrived;
        for (std::uint8_t i = 0; i < 60; ++i) {
            const Address who{{static_cast<std::uint8_t>(1 + random() % 12)}};
            const auto one = tx(who, random() % 6, 1 + random() % 5, 5 + random() % 10);
            if (pool.add(one, 0)) arrived.push_back(one);
        }
        const Amount base_fee = 3 + random() % 8;
        std::map<Address, std::uint64_t> next;
        Order expected;
        while (true) {
            const CheckedTxPtr* best = nullptr;
            Amount best_price;
            for (const auto& one : arrived) {
                const auto price = one->effective_gas_price(base_fee);
                if (!price || one->envelope.nonce != next[one->sender] || !pool.find(one->hash))
                    continue;
                if (best != nullptr && *price <= best_price) continue;
                best = &one;
                best_price = *price;
            }
            if (best == nullptr) break;
            expected.emplace_back((*best)->sender, next[(*best)->sender]++);
        }
        BOOST_TEST((selected(pool, base_fee) == expected));
        BOOST_TEST(pool.has_ready(base_fee) == !expected.empty());
    }
}

// What left long ago must not pile up in the record of ages.
BOOST_AUTO_TEST_CASE(a_sender_who_comes_and_goes_still_ages) {
    Mempool pool({.max_age_blocks = 5});
    for (std::uint64_t nonce = 0; nonce < 5'000; ++nonce) {
        const auto one = tx(kAlice, nonce, 10);
        BOOST_REQUIRE(refusal(pool, one, nonce) == "");
        pool.committed({one}, 1 + nonce / 100);
    }
    const auto last = tx(kBob, 0, 10);
    BOOST_TEST(refusal(pool, last) == "");
    pool.drop(last->hash);
    pool.committed({}, 53);
    BOOST_TEST(refusal(pool, last) == "");
    pool.committed({}, 56);
    BOOST_TEST(pool.size() == 1u);  // its second stay is three blocks old
    pool.committed({}, 59);
    BOOST_TEST(pool.size() == 0u);
}
