// What is packed comes back; what was stored unpacked is read as it is; damage is noticed.
#include "chain/index/packed.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;

BOOST_AUTO_TEST_CASE(packed_values_come_back_smaller) {
    Bytes plain;
    for (std::size_t i = 0; i < 5'000; ++i)
        plain.push_back(static_cast<std::uint8_t>(i % 32 == 31 ? i / 32 : 0));
    const Bytes stored = packed(plain);
    BOOST_TEST(stored.size() < plain.size() / 2);
    BOOST_TEST((unpacked(stored) == plain));
    BOOST_TEST((unpacked(packed({})) == Bytes{}));
}

BOOST_AUTO_TEST_CASE(values_stored_as_they_are_stay_readable) {
    const Bytes plain{0, 0, 0, 2, 1, 1};
    BOOST_TEST((unpacked(plain) == plain));
    BOOST_TEST((unpacked({}) == Bytes{}));
}

BOOST_AUTO_TEST_CASE(damaged_values_are_noticed) {
    const Bytes stored = packed(Bytes(300, 0));
    BOOST_TEST(!unpacked(Bytes(stored.begin(), stored.end() - 1)).has_value());
    BOOST_TEST(!unpacked(Bytes{1}).has_value());
    // A length of 4 GB in front of nothing.
    BOOST_TEST(!unpacked(Bytes{1, 0xff, 0xff, 0xff, 0xff, 0x0f}).has_value());
}
