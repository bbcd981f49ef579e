// Run-time ABI values agree with the compiled codec, and bad answers are refused.
#include "cli/client/abi_value.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/codec/abi.hpp"
#include "chain/codec/abi_event.hpp"

namespace assay::cli {

namespace {

struct Inner {
    std::uint32_t kind = 0;
    std::vector<Amount> amounts;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (kind, amounts))

struct Outer {
    Address owner;
    Amount price;
    std::string note;
    Bytes data;
    bool open = false;
    Hash256 root;
    std::int32_t change = 0;
    std::vector<Inner> parts;
    std::array<std::uint64_t, 2> pair{};
    Inner last;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (owner, price, note, data, open, root, change, parts, pair, last))

struct Happened {
    std::uint64_t order = 0;
    Address who;
    std::string text;
    static constexpr int kIndexed = 2;
};
BOOST_DESCRIBE_STRUCT(Happened, (), (order, who, text))

Outer sample() {
    Outer out;
    out.owner.bytes[19] = 7;
    out.price = Amount::max();
    out.note = "h\xc3\xa9llo";
    out.data = Bytes(33, 9);
    out.open = true;
    out.root.bytes[0] = 1;
    out.change = 5;
    out.parts = {{1, {Amount(2), Amount(3)}}, {4, {}}};
    out.pair = {8, 9};
    out.last = {6, {Amount(1)}};
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(encoding_and_decoding_agree_with_the_declared_types) {
    const auto params = abi::params_of<Outer>();
    const auto json = json::parse(json::to_string(sample()));
    const auto encoded = encode_values(params, *json);
    BOOST_REQUIRE_MESSAGE(encoded, encoded.error().message);
    BOOST_TEST((*encoded == abi::encode(sample())));
    const auto values = decode_values(params, *encoded);
    BOOST_REQUIRE(values);
    rapidjson::StringBuffer buffer;
    JsonWriter out(buffer);
    write_values(out, *values);
    BOOST_TEST(std::string(buffer.GetString()) == json::to_string(sample()));
}

BOOST_AUTO_TEST_CASE(negative_numbers_decode) {
    Outer value = sample();
    value.change = -12;
    const auto values = decode_values(abi::params_of<Outer>(), abi::encode(value));
    BOOST_TEST(value_named(*values, "change")->text == "-12");
}

BOOST_AUTO_TEST_CASE(cut_and_changed_answers_never_crash) {
    const auto params = abi::params_of<Outer>();
    const Bytes good = abi::encode(sample());
    for (std::size_t size = 0; size < good.size(); ++size)
        BOOST_TEST(!decode_values(params, ByteView(good).first(size)));
    for (std::size_t at = 0; at < good.size(); ++at) {
        Bytes bad = good;
        bad[at] = static_cast<std::uint8_t>(bad[at] ^ 0xff);
        static_cast<void>(decode_values(params, bad));
    }
}

BOOST_AUTO_TEST_CASE(wrong_arguments_are_named) {
    const auto params = abi::params_of<Inner>();
    const auto why = [&](const char* text) {
        return encode_values(params, *json::parse(text)).error().message;
    };
    BOOST_TEST(why("{}") == "kind: is missing");
    BOOST_TEST(why("{\"kind\":4294967296,\"amounts\":[]}") == "kind: does not fit uint32");
    BOOST_TEST(why("{\"kind\":1,\"amounts\":5}") == "amounts: expected an array");
}

BOOST_AUTO_TEST_CASE(events_decode_from_topics_and_data) {
    Happened event{.order = 5, .who = {}, .text = "yes"};
    event.who.bytes[0] = 0xab;
    const Log log = abi::encode_event(Address{}, event);
    const auto values = decode_event(abi::event_of<Happened>(), log);
    BOOST_REQUIRE(values);
    BOOST_TEST(value_named(*values, "order")->text == "5");
    BOOST_TEST(value_named(*values, "who")->text.starts_with("0xab"));
    BOOST_TEST(value_named(*values, "text")->text == "yes");
}

}  // namespace assay::cli
