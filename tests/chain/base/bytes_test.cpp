// Hex in both directions and its refusals.
#include "chain/base/bytes.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;

BOOST_AUTO_TEST_CASE(hex_round_trips_with_and_without_prefix) {
    const Bytes raw{0x00, 0x1f, 0xff};
    BOOST_TEST(to_hex(raw) == "001fff");
    BOOST_TEST(to_hex0x(raw) == "0x001fff");
    BOOST_TEST(*from_hex("0x001fFF") == raw);
    BOOST_TEST(*from_hex("001FFF") == raw);
    BOOST_TEST(from_hex("")->empty());
}

BOOST_AUTO_TEST_CASE(bad_hex_is_refused_by_place_and_length) {
    BOOST_TEST(from_hex("0x1").error().message == "hex string has an odd number of digits");
    BOOST_TEST(from_hex("0x0g").error().message == "not a hex digit at position 1");
    BOOST_TEST(fixed_from_hex<4>("0x00").error().message == "expected 4 bytes of hex, got 1");
}
