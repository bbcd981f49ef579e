// RLP against ethers and viem, the yellow paper's examples, and every form that is not the
// shortest.
#include "chain/codec/rlp.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/support/vectors.hpp"

namespace assay::test {

namespace {

void encode_value(rlp::Encoder& out, const JsonValue& value) {
    if (value.IsString()) return out.bytes(from_hex(value.GetString()).value());
    out.begin_list();
    for (const auto& item : value.GetArray()) encode_value(out, item);
    out.end_list();
}

bool matches(const rlp::Item& item, const JsonValue& value) {
    if (value.IsString())
        return !item.is_list && to_hex0x(item.payload) == std::string_view(value.GetString());
    if (!item.is_list) return false;
    ByteView rest = item.payload;
    for (const auto& expected : value.GetArray()) {
        const auto next = rlp::take(rest);
        if (!next || !matches(*next, expected)) return false;
    }
    return rest.empty();
}

std::string refusal(const std::string& hex) {
    const Bytes raw = *from_hex(hex);
    const auto out = rlp::decode(raw);
    return out ? "accepted" : out.error().message;
}

rlp::Item item_of(ByteView payload) {
    return {.is_list = false, .payload = payload};
}

}  // namespace

BOOST_AUTO_TEST_CASE(rlp_matches_ethers_and_viem) {
    const auto document = load_vectors("rlp");
    BOOST_TEST(document["cases"].Size() >= 50U);
    for (const auto& row : document["cases"].GetArray()) {
        rlp::Encoder out;
        encode_value(out, row["value"]);
        const Bytes expected = bytes_at(row, "rlp");
        BOOST_TEST((std::move(out).take() == expected));
        const auto item = rlp::decode(expected);
        BOOST_REQUIRE(item.has_value());
        BOOST_TEST(matches(*item, row["value"]));
    }
}

BOOST_AUTO_TEST_CASE(integers_are_shortest_big_endian) {
    const auto hex_of = [](auto value) {
        rlp::Encoder out;
        out.integer(value);
        return to_hex(std::move(out).take());
    };
    BOOST_TEST(hex_of(std::uint64_t{0}) == "80");
    BOOST_TEST(hex_of(std::uint64_t{15}) == "0f");
    BOOST_TEST(hex_of(std::uint64_t{128}) == "8180");
    BOOST_TEST(hex_of(std::uint64_t{1024}) == "820400");
    BOOST_TEST(hex_of(Amount::max()) == "90ffffffffffffffffffffffffffffffff");
    rlp::Encoder out;
    out.number(Hash256{});
    out.number(*from_hex("00000102"));
    BOOST_TEST(to_hex(std::move(out).take()) == "80820102");
}

BOOST_AUTO_TEST_CASE(only_the_shortest_form_is_read) {
    BOOST_TEST(refusal("7f") == "accepted");
    BOOST_TEST(refusal("817f") == "RLP byte is not in its shortest form");
    BOOST_TEST(refusal("8180") == "accepted");
    BOOST_TEST(refusal("b80161") == "RLP length is not in its shortest form");
    BOOST_TEST(refusal("b837" + std::string(110, '6')) == "RLP length is not in its shortest form");
    BOOST_TEST(refusal("b838" + std::string(112, '6')) == "accepted");
    BOOST_TEST(refusal("b90038" + std::string(112, '6')) == "RLP length has a leading zero");
    BOOST_TEST(refusal("f800") == "RLP length has a leading zero");
    BOOST_TEST(refusal("f801c0") == "RLP length is not in its shortest form");
}

BOOST_AUTO_TEST_CASE(broken_items_are_refused) {
    BOOST_TEST(refusal("") == "RLP item is missing");
    BOOST_TEST(refusal("81") == "RLP item is cut short");
    BOOST_TEST(refusal("c1") == "RLP item is cut short");
    BOOST_TEST(refusal("b8") == "RLP item is cut short");
    BOOST_TEST(refusal("bfffffffffffffffff") == "RLP item is cut short");
    BOOST_TEST(refusal("ffffffffffffffffff") == "RLP item is cut short");
    BOOST_TEST(refusal("8000") == "1 trailing bytes after RLP item");
}

BOOST_AUTO_TEST_CASE(numbers_have_limits) {
    BOOST_TEST(rlp::integer(item_of(Bytes{})).value() == 0U);
    BOOST_TEST(rlp::integer(item_of(Bytes(8, 0xff))).value() == ~std::uint64_t{0});
    BOOST_TEST(rlp::integer(item_of(Bytes(9, 1))).error().message == "exceeds 2^64 - 1");
    BOOST_TEST(rlp::integer(item_of(Bytes{0})).error().message == "number has a leading zero");
    BOOST_TEST(rlp::amount(item_of(Bytes(16, 0xff))).value() == Amount::max());
    BOOST_TEST(rlp::amount(item_of(Bytes(17, 1))).error().message == "exceeds 2^128 - 1");
    BOOST_TEST(rlp::word(item_of(Bytes{1, 2}))->bytes[31] == 2);
    BOOST_TEST(rlp::word(item_of(Bytes(33, 1))).error().message == "exceeds 2^256 - 1");
    BOOST_TEST(rlp::amount({.is_list = true, .payload = {}}).error().message ==
               "expected a number, got a list");
}

}  // namespace assay::test
