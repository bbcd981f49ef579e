// Lots: how many, which, how evenly.
#include "modules/market/draw_items.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

#include "chain/codec/record.hpp"
#include "chain/crypto/hash.hpp"

using namespace assay;
using market::draw_items;

BOOST_AUTO_TEST_SUITE(draw_items_of)

BOOST_AUTO_TEST_CASE(as_many_as_there_are) {
    const Hash256 seed = sha256(record::encode(std::uint64_t{1}));
    BOOST_TEST(draw_items(seed, 0, 0, 5).empty());
    BOOST_TEST(draw_items(seed, 0, 5, 0).empty());
    const std::vector<std::uint64_t> all{0, 1, 2, 3, 4};
    BOOST_TEST((draw_items(seed, 0, 5, 5) == all));
    BOOST_TEST((draw_items(seed, 0, 5, 64) == all));
}

BOOST_AUTO_TEST_CASE(different_ones_in_order_for_each_seed_and_object) {
    const Hash256 seed = sha256(record::encode(std::uint64_t{1}));
    const auto drawn = draw_items(seed, 7, 1ULL << 32U, 64);
    BOOST_TEST(drawn.size() == 64U);
    BOOST_TEST(std::is_sorted(drawn.begin(), drawn.end()));
    BOOST_TEST(std::set<std::uint64_t>(drawn.begin(), drawn.end()).size() == 64U);
    BOOST_TEST((drawn == draw_items(seed, 7, 1ULL << 32U, 64)));
    BOOST_TEST((drawn != draw_items(seed, 8, 1ULL << 32U, 64)));
    BOOST_TEST((drawn != draw_items(sha256(seed), 7, 1ULL << 32U, 64)));
}

// Each of 20 items is among 5 drawn a quarter of the time: 2,000 draws, within five deviations.
BOOST_AUTO_TEST_CASE(every_item_equally_often) {
    std::vector<int> counts(20);
    for (std::uint64_t i = 0; i < 2'000; ++i)
        for (const std::uint64_t item : draw_items(sha256(record::encode(i)), 3, 20, 5))
            ++counts[item];
    for (const int count : counts) {
        BOOST_TEST(count > 500 - 97);
        BOOST_TEST(count < 500 + 97);
    }
}

BOOST_AUTO_TEST_SUITE_END()
