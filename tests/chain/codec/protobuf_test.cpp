// The canonical protobuf form: what is written, and what is refused.
#include "chain/codec/protobuf.hpp"

#include <boost/test/unit_test.hpp>

namespace assay::protobuf {

BOOST_AUTO_TEST_CASE(defaults_are_left_out_but_submessages_and_elements_are_not) {
    Writer out;
    out.varint(1, 0);
    out.integer(2, -1);
    out.sfixed64(3, 1);
    out.bytes(4, {});
    out.element(5, {});
    out.message(6, [](Writer&) {});
    out.text(7, "ab");
    BOOST_TEST(to_hex(out.view()) == "10ffffffffffffffffff011901000000000000002a0032003a026162");
    Reader in(out.view());
    BOOST_TEST(in.varint(1) == 0u);
    BOOST_TEST(in.int32(2) == -1);
    BOOST_TEST(in.sfixed64(3) == 1);
    BOOST_TEST(in.bytes(4).empty());
    BOOST_TEST(in.element(5).empty());
    in.message(6, [](Reader&) {});
    BOOST_TEST(in.text(7) == "ab");
    BOOST_TEST(in.finish().has_value());
}

BOOST_AUTO_TEST_CASE(long_submessages_get_long_lengths) {
    Writer out;
    out.message(1, [](Writer& inner) { inner.bytes(1, Bytes(300, 7)); });
    BOOST_TEST(to_hex(ByteView(out.view()).first(6)) == "0aaf020aac02");
    Reader in(out.view());
    in.message(1, [](Reader& inner) { BOOST_TEST(inner.bytes(1).size() == 300u); });
    BOOST_TEST(in.finish().has_value());
}

BOOST_AUTO_TEST_CASE(other_encodings_of_the_same_values_are_refused) {
    const auto refused = [](const char* hex, auto read) {
        const Bytes data = *from_hex(hex);
        Reader in(data);
        read(in);
        const auto done = in.finish();
        BOOST_TEST(!done.has_value());
        return done ? std::string() : done.error().message;
    };
    const auto number = [](Reader& in) { in.varint(1); };
    BOOST_TEST(refused("0800", number) == "field 1 spells out a default");
    BOOST_TEST(refused("088100", number) == "field 1 is not a minimal varint");
    BOOST_TEST(refused("08ffffffffffffffffff02", number) == "field 1 is not a minimal varint");
    BOOST_TEST(refused("08", number) == "field 1 is not a minimal varint");
    BOOST_TEST(refused("0a0161", number) == "field 1 has the wrong wire type");
    BOOST_TEST(refused("1001", number) == "unexpected bytes at offset 0 of 2");
    BOOST_TEST(refused("08010801", number) == "unexpected bytes at offset 2 of 4");
    BOOST_TEST(refused("0a05616263", [](Reader& in) { in.bytes(1); }) ==
               "field 1 runs past the end");
    BOOST_TEST(refused("0a00", [](Reader& in) { in.bytes(1); }) == "field 1 spells out a default");
    BOOST_TEST(refused("", [](Reader& in) { in.element(1); }) == "field 1 is missing");
    BOOST_TEST(refused("0a0161", [](Reader& in) { in.fixed<2>(1); }) ==
               "field 1 has the wrong length");
    BOOST_TEST(refused("088080808010", [](Reader& in) { in.uint32(1); }) ==
               "field 1 does not fit 32 bits");
    BOOST_TEST(refused("088080808008", [](Reader& in) { in.int32(1); }) ==
               "field 1 does not fit 32 bits");
    BOOST_TEST(refused("0901", [](Reader& in) { in.sfixed64(1); }) == "field 1 runs past the end");
    BOOST_TEST(refused("0a020800", [](Reader& in) {
                   in.message(1, [](Reader& inner) { inner.varint(1); });
               }) == "field 1 holds: field 1 spells out a default");
}

}  // namespace assay::protobuf
