// The ABI against the Solidity specification's examples and every refusal of the decoder.
#include "chain/codec/abi.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/codec/abi_event.hpp"

namespace assay::test {

namespace {

struct Baz {
    std::uint32_t x = 0;
    bool y = false;
};
BOOST_DESCRIBE_STRUCT(Baz, (), (x, y))
struct Bar {
    std::array<FixedBytes<3>, 2> items;
};
BOOST_DESCRIBE_STRUCT(Bar, (), (items))
struct Sam {
    Bytes name;
    bool flag = false;
    std::vector<Amount> numbers;
};
BOOST_DESCRIBE_STRUCT(Sam, (), (name, flag, numbers))
struct F {
    Amount number;
    std::vector<std::uint32_t> small;
    FixedBytes<10> text;
    Bytes data;
};
BOOST_DESCRIBE_STRUCT(F, (), (number, small, text, data))
struct G {
    std::vector<std::vector<Amount>> grid;
    std::vector<std::string> texts;
};
BOOST_DESCRIBE_STRUCT(G, (), (grid, texts))
struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())
enum class Kind : std::uint8_t { one, two };
struct Inner {
    std::string user_name;
    std::int16_t delta = 0;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (user_name, delta))
struct Outer {
    Kind kind{};
    Address to;
    std::vector<Inner> inner_list;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (kind, to, inner_list))

struct Marked {
    Baz pair;
    std::vector<std::string> names;
    std::int16_t delta = 0;
    static constexpr int kIndexed = 3;
};
BOOST_DESCRIBE_STRUCT(Marked, (), (pair, names, delta))

std::string word(const std::string& hex) {
    return std::string(64 - hex.size(), '0') + hex;
}
std::string left(const std::string& hex) {
    return hex + std::string(64 - hex.size(), '0');
}
std::string call_hex(const auto& message) {
    return to_hex(abi::encode_call(message));
}

template <class T>
std::string refusal(const std::string& hex) {
    const auto out = abi::decode<T>(*from_hex(hex));
    return out ? "accepted" : out.error().message;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_specifications_static_examples) {
    BOOST_TEST(call_hex(Baz{.x = 69, .y = true}) == "cdcd77c0" + word("45") + word("1"));
    const Bar bar{{*fixed_from_hex<3>("616263"), *fixed_from_hex<3>("646566")}};
    BOOST_TEST(call_hex(bar) == "fce353f6" + left("616263") + left("646566"));
}

BOOST_AUTO_TEST_CASE(the_specifications_dynamic_examples) {
    const Sam sam{.name = to_bytes(view_of("dave")), .flag = true, .numbers = {1, 2, 3}};
    BOOST_TEST(call_hex(sam) == "a5643bf2" + word("60") + word("1") + word("a0") + word("4") +
                                    left("64617665") + word("3") + word("1") + word("2") +
                                    word("3"));
    const F f{.number = 0x123,
              .small = {0x456, 0x789},
              .text = FixedBytes<10>::from(view_of("1234567890")),
              .data = to_bytes(view_of("Hello, world!"))};
    BOOST_TEST(call_hex(f) == "8be65246" + word("123") + word("80") + left("31323334353637383930") +
                                  word("e0") + word("2") + word("456") + word("789") + word("d") +
                                  left("48656c6c6f2c20776f726c6421"));
    const G g{.grid = {{1, 2}, {3}}, .texts = {"one", "two", "three"}};
    BOOST_TEST(call_hex(g) == "2289b18c" + word("40") + word("140") + word("2") + word("40") +
                                  word("a0") + word("2") + word("1") + word("2") + word("1") +
                                  word("3") + word("3") + word("60") + word("a0") + word("e0") +
                                  word("3") + left("6f6e65") + word("3") + left("74776f") +
                                  word("5") + left("7468726565"));
}

BOOST_AUTO_TEST_CASE(a_message_is_described_as_a_function) {
    const auto function = abi::function_of<Outer>(true);
    BOOST_TEST(function.name == "outer");
    BOOST_TEST(function.signature == "outer(uint8,address,(string,int16)[])");
    BOOST_TEST(function.payable);
    BOOST_TEST(!function.view);
    BOOST_TEST(function.inputs[2].name == "innerList");
    BOOST_TEST(function.inputs[2].type == "tuple[]");
    BOOST_TEST(function.inputs[2].internal_type == "struct Inner[]");
    BOOST_TEST(function.inputs[2].components[0].name == "userName");
    BOOST_TEST(function.inputs[0].internal_type == "enum Kind");
    BOOST_TEST(abi::struct_name<Outer>() == "Outer");
    BOOST_TEST(to_hex(abi::function_of<Baz>(false).selector) == "cdcd77c0");
}

BOOST_AUTO_TEST_CASE(a_message_without_fields_takes_no_arguments) {
    BOOST_TEST(abi::function_of<Nothing>(false).signature == "nothing()");
    BOOST_TEST(abi::encode(Nothing{}).empty());
    BOOST_TEST(abi::decode<Nothing>({}).has_value());
    BOOST_TEST(refusal<Nothing>("00") == "1 trailing bytes");
}

BOOST_AUTO_TEST_CASE(a_view_returns_one_or_several_values) {
    BOOST_TEST((abi::view_of<Nothing, Baz>().outputs.size() == 2U));
    BOOST_TEST((abi::view_of<Nothing, Baz>().view));
    BOOST_TEST((abi::view_of<Nothing, std::vector<Baz>>().outputs[0].type == "tuple[]"));
    BOOST_TEST(to_hex(abi::encode_return(Baz{.x = 2, .y = true})) == word("2") + word("1"));
    BOOST_TEST(to_hex(abi::encode_return(std::string("a"))) == word("20") + word("1") + left("61"));
    BOOST_TEST(to_hex(abi::encode_return(Amount(7))) == word("7"));
    const std::vector<Inner> inners = {{"x", -1}, {"", 5}};
    const auto back = abi::decode_return<std::vector<Inner>>(abi::encode_return(inners));
    BOOST_TEST(back->at(0).delta == -1);
    BOOST_TEST(!abi::decode_return<Amount>(Bytes(33)));
    BOOST_TEST(!abi::decode_return<Amount>(Bytes(31)));
}

BOOST_AUTO_TEST_CASE(numbers_out_of_range_are_refused_by_name) {
    BOOST_TEST(refusal<Baz>(word("100000000") + word("1")) == "x: exceeds 4294967295");
    BOOST_TEST(refusal<Baz>(std::string(64, 'f') + word("1")) == "x: exceeds 4294967295");
    BOOST_TEST(refusal<Baz>(word("1") + word("2")) == "y: bool is neither 0 nor 1");
    const std::string wide = word("1" + std::string(32, '0'));
    BOOST_TEST(refusal<F>(wide + word("80") + left("") + word("a0") + word("0") + word("0")) ==
               "number: exceeds 2^128 - 1");
    const std::string tail = word("60") + word("0");
    BOOST_TEST(refusal<Outer>(word("ff") + word("0") + tail) == "accepted");
    BOOST_TEST(refusal<Outer>(word("100") + word("0") + tail) == "kind: exceeds 255");
}

BOOST_AUTO_TEST_CASE(paddings_must_be_zero) {
    BOOST_TEST(refusal<Outer>(word("0") + left("01") + word("60") + word("0")) ==
               "to: address has nonzero padding");
    BOOST_TEST(refusal<Bar>(left("61626301") + left("")) == "items[0]: bytes3 has nonzero padding");
    const std::string head = word("0") + word("0") + word("60") + word("1") + word("20");
    const std::string name = word("40");
    BOOST_TEST(refusal<Outer>(head + name + std::string(64, 'f') + word("1") + left("61")) ==
               "accepted");
    BOOST_TEST(refusal<Outer>(head + name + word("ffff") + word("1") + left("61")) ==
               "innerList[0].delta: exceeds int16");
    BOOST_TEST(refusal<Outer>(head + name + word("1") + word("1") + left("6101")) ==
               "innerList[0].userName: nonzero padding");
    BOOST_TEST(refusal<Outer>(head + name + word("1") + word("1") + left("ff")) ==
               "innerList[0].userName: string is not UTF-8");
}

BOOST_AUTO_TEST_CASE(offsets_and_lengths_are_canonical_and_bounded) {
    const std::string head = word("0") + word("0");
    BOOST_TEST(refusal<Outer>(head + word("80") + word("0") + word("0")) ==
               "innerList: offset is not canonical");
    BOOST_TEST(refusal<Outer>(head + word("40") + word("0")) ==
               "innerList: offset is not canonical");
    BOOST_TEST(refusal<Outer>(head + word("60") + word("0") + word("0")) == "32 trailing bytes");
    BOOST_TEST(refusal<Outer>(head + word("60") + word("0") + "00") == "1 trailing bytes");
    BOOST_TEST(refusal<Outer>(head + word("60")) == "innerList: calldata is cut short");
    BOOST_TEST(refusal<Outer>(head) == "calldata is cut short");
    BOOST_TEST(refusal<Outer>(head + word("60") + word("1")) ==
               "innerList: length exceeds the calldata");
    BOOST_TEST(refusal<Outer>(head + word("60") + std::string(64, 'f')) ==
               "innerList: length exceeds the calldata");
    BOOST_TEST(refusal<Sam>(word("60") + word("0") + word("80") + std::string(48, '0') +
                            std::string(16, 'f') + word("0")) ==
               "name: length exceeds the calldata");
}

BOOST_AUTO_TEST_CASE(indexed_fields_become_topics) {
    const Log log = abi::encode_event(
        Address{}, Marked{.pair = {.x = 1, .y = true}, .names = {"ab", ""}, .delta = -1});
    BOOST_TEST(log.topics.size() == 4U);
    BOOST_TEST(abi::event_of<Marked>().signature == "Marked((uint32,bool),string[],int16)");
    BOOST_TEST((log.topics[0] == abi::event_of<Marked>().topic));
    BOOST_TEST((log.topics[1] == keccak256(*from_hex(word("1") + word("1")))));
    BOOST_TEST((log.topics[2] == keccak256(*from_hex(left("6162")))));
    BOOST_TEST(to_hex(log.topics[3]) == std::string(64, 'f'));
    BOOST_TEST(log.data.empty());
    BOOST_TEST(abi::encode_event(Address{}, Baz{}).topics.size() == 1U);
}

BOOST_AUTO_TEST_CASE(text_is_utf8_only) {
    for (const char* good : {"", "a", "\xc3\xa9", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf"})
        BOOST_TEST(text::is_utf8(good));
    for (const char* bad : {"\x80", "\xc0\x80", "\xc3", "\xe0\x9f\xbf", "\xed\xa0\x80",
                            "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "a\xff"})
        BOOST_TEST(!text::is_utf8(bad));
}

}  // namespace assay::test
