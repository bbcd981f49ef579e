// The caches never answer with anything but what was stored last, within their bounds.
#include "chain/state/record_cache.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <random>

#include "chain/state/leaf_cache.hpp"

using namespace assay;

BOOST_AUTO_TEST_CASE(a_record_cache_forgets_but_never_errs) {
    constexpr std::size_t kLimit = 20'000;
    std::mt19937_64 random(1);
    RecordCache cache(kLimit);
    std::map<Bytes, std::optional<Bytes>> truth;
    std::size_t hits = 0;
    for (int i = 0; i < 50'000; ++i) {
        const Bytes key{static_cast<std::uint8_t>(random()),
                        static_cast<std::uint8_t>(random() % 4)};
        if (random() % 2 == 0) {
            std::optional<Bytes> value;
            if (random() % 4 != 0) value = Bytes(random() % 100, 1);
            truth[key] = value;
            cache.store(key, value);
            BOOST_TEST(cache.bytes() <= kLimit);
        } else if (const auto* held = cache.find(key)) {
            ++hits;
            BOOST_TEST((*held == truth.at(key)));
        }
    }
    BOOST_TEST(hits > 1000U);
}

BOOST_AUTO_TEST_CASE(a_leaf_cache_forgets_but_never_errs) {
    std::mt19937_64 random(2);
    LeafCache cache(50);
    std::map<NodeIndex, std::vector<Leaf>> truth;
    std::size_t hits = 0;
    for (int i = 0; i < 50'000; ++i) {
        const auto node = static_cast<NodeIndex>(random() % 200);
        const auto choice = random() % 10;
        if (choice == 0) {
            cache.erase(node);
            truth.erase(node);
        } else if (choice < 5) {
            std::vector<Leaf> leaves(random() % (kBucketLeaves + 2));
            for (auto& leaf : leaves) leaf.path.bytes[0] = static_cast<std::uint8_t>(random());
            truth[node] = leaves;
            cache.store(node, leaves);
        } else if (std::vector<Leaf> found; cache.find(node, found)) {
            ++hits;
            BOOST_TEST((found == truth.at(node)));
        }
    }
    BOOST_TEST(cache.full());
    BOOST_TEST(hits > 1000U);
}
