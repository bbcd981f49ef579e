// Roots and filters against values that Ethereum publishes.
#include <boost/test/unit_test.hpp>

#include "chain/index/bloom.hpp"
#include "chain/index/records.hpp"
#include "chain/index/trie_root.hpp"

using namespace assay;

BOOST_AUTO_TEST_CASE(empty_roots_are_the_published_constants) {
    BOOST_TEST(to_hex(ordered_trie_root({})) ==
               "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");
}

BOOST_AUTO_TEST_CASE(bloom_finds_what_was_added_and_is_nearly_empty_otherwise) {
    Log log;
    log.address = module_address(ModuleId::bank);
    log.topics = {Hash256{{1}}, Hash256{{2}}};
    const Bloom bloom = bloom_of({log});
    BloomMaker maker;
    for (int again = 0; again < 2; ++again) BOOST_TEST((maker.bloom_of({log}) == bloom));
    BOOST_TEST(may_contain(bloom, log.address));
    BOOST_TEST(may_contain(bloom, log.topics[0]));
    BOOST_TEST(may_contain(bloom, log.topics[1]));
    int hits = 0;
    for (std::uint8_t i = 3; i < 203; ++i) hits += may_contain(bloom, Hash256{{i}}) ? 1 : 0;
    BOOST_TEST(hits == 0);
}

BOOST_AUTO_TEST_CASE(boundary_transactions_differ_by_height_and_are_recognised) {
    BOOST_TEST(is_boundary_tx(boundary_tx(7)));
    BOOST_TEST((boundary_tx(7).hash != boundary_tx(8).hash));
}
