// The beacon follows its definition, and every block's hash changes it and all later values.
#include "modules/beacon/beacon.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/crypto/hash.hpp"
#include "chain/state/memory_reader.hpp"
#include "modules/beacon/api.hpp"
#include "modules/beacon/module.hpp"
#include "modules/beacon/views.hpp"

using namespace assay;

namespace {

BlockEnv block_at(std::uint64_t height, std::uint8_t hash) {
    BlockEnv block{.height = height};
    block.hash.bytes.fill(hash);
    return block;
}

}  // namespace

BOOST_AUTO_TEST_CASE(values_are_the_hash_chain) {
    MemoryReader committed;
    State state(committed);
    beacon::init(state, 7);
    Bytes genesis = to_bytes(view_of("assay/beacon/0"));
    append(genesis, Bytes{0, 0, 0, 0, 0, 0, 0, 7});
    Hash256 expected = sha256(genesis);
    BOOST_TEST((beacon::value(state) == expected));
    for (std::uint8_t height = 1; height <= 3; ++height) {
        const BlockEnv block = block_at(height, static_cast<std::uint8_t>(0xa0 + height));
        beacon::make_module().begin_block(state, block);
        Bytes input = to_bytes(view_of("assay/beacon/1"));
        append(input, expected);
        append(input, block.hash);
        expected = sha256(input);
        BOOST_TEST((beacon::value(state) == expected));
        const auto seen = beacon::GetBeacon{}.view(state, block);
        BOOST_TEST(seen->height == height);
        BOOST_TEST((seen->value == expected));
    }
}

BOOST_AUTO_TEST_CASE(another_hash_or_genesis_time_gives_another_value) {
    MemoryReader committed;
    State one(committed);
    State other(committed);
    beacon::init(one, 7);
    beacon::init(other, 8);
    BOOST_TEST((beacon::value(one) != beacon::value(other)));
    beacon::init(other, 7);
    beacon::begin_block(one, block_at(1, 1));
    beacon::begin_block(other, block_at(1, 2));
    BOOST_TEST((beacon::value(one) != beacon::value(other)));
    beacon::begin_block(one, block_at(2, 3));
    beacon::begin_block(other, block_at(2, 3));
    BOOST_TEST((beacon::value(one) != beacon::value(other)));
}
