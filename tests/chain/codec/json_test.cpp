// The JSON form: what is written, what is read, and each refusal with its field.
#include "chain/codec/json.hpp"

#include <boost/test/unit_test.hpp>

namespace assay::test {

namespace {

enum class Stage : std::uint8_t { open, closed = 7 };
BOOST_DESCRIBE_ENUM(Stage, open, closed)

struct Part {
    std::uint8_t small = 0;
    std::int64_t change = 0;
};
BOOST_DESCRIBE_STRUCT(Part, (), (small, change))

struct Order {
    std::uint64_t order_id = 0;
    Amount max_payout;
    Stage stage{};
    Address buyer;
    std::string note;
    Bytes blob;
    std::vector<Part> parts;
    std::optional<std::uint32_t> cap;
    std::array<bool, 2> flags{};
};
BOOST_DESCRIBE_STRUCT(Order, (),
                      (order_id, max_payout, stage, buyer, note, blob, parts, cap, flags))

constexpr char kOrder[] =
    R"({"orderId":"18446744073709551615","maxPayout":"340282366920938463463374607431768211455",)"
    R"("stage":"closed","buyer":"0xa55a000000000000000000000000000000000004","note":"a\"\u0001é",)"
    R"("blob":"0x00ff","parts":[{"small":255,"change":"-9223372036854775808"}],"cap":null,)"
    R"("flags":[true,false]})";

template <class T>
std::string refusal(std::string_view text) {
    const auto document = json::parse(text);
    if (!document) return document.error().message;
    const auto out = json::read<T>(*document);
    return out ? "accepted" : out.error().message;
}

std::string part_refusal(const std::string& small, const std::string& change = "0") {
    return refusal<Part>(R"({"small":)" + small + R"(,"change":)" + change + "}");
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_struct_is_written_and_read_back) {
    const auto order = json::read<Order>(json::parse(kOrder).value());
    BOOST_REQUIRE(order.has_value());
    BOOST_TEST(order->max_payout == Amount::max());
    BOOST_TEST((order->stage == Stage::closed));
    BOOST_TEST(json::to_string(*order) == kOrder);
    rapidjson::StringBuffer buffer;
    JsonWriter out(buffer);
    json::write<json::EnumForm::number>(out, std::vector{Stage::closed});
    BOOST_TEST(std::string(buffer.GetString()) == "[7]");
}

BOOST_AUTO_TEST_CASE(numbers_come_in_three_forms) {
    for (const char* form : {"12", "\"12\"", "\"0x0c\"", "\"0xC\""})
        BOOST_TEST(part_refusal(form, form) == "accepted");
    BOOST_TEST(json::read<Amount>(json::parse("18446744073709551615").value())->low() ==
               ~std::uint64_t{0});
    BOOST_TEST((json::read<Stage>(json::parse("9").value()).value() == static_cast<Stage>(9)));
    BOOST_TEST(json::to_string(static_cast<Stage>(9)) == "9");
    for (const char* form : {"-128", "\"-128\"", "127", "\"0x7f\""})
        BOOST_TEST(refusal<std::int8_t>(form) == "accepted");
}

BOOST_AUTO_TEST_CASE(bad_numbers_are_refused_by_name) {
    BOOST_TEST(part_refusal("256") == "small: exceeds 255");
    BOOST_TEST(part_refusal("\"256\"") == "small: exceeds 255");
    BOOST_TEST(part_refusal("-1") == "small: is negative");
    BOOST_TEST(part_refusal("\"-1\"") == "small: amount is negative");
    BOOST_TEST(part_refusal("1.0").starts_with("small: is no whole number"));
    BOOST_TEST(part_refusal("1e2").starts_with("small: is no whole number"));
    BOOST_TEST(part_refusal("\"\"") == "small: amount is empty");
    BOOST_TEST(part_refusal("\"1.5\"").starts_with("small: amount is not a whole number"));
    BOOST_TEST(part_refusal("true") == "small: expected a number");
    BOOST_TEST(part_refusal("0", "9223372036854775808").starts_with("change: exceeds"));
    BOOST_TEST(part_refusal("0", "\"-9223372036854775809\"").starts_with("change: exceeds"));
    BOOST_TEST(part_refusal("0", "\"--1\"") == "change: amount is negative");
    BOOST_TEST(refusal<std::int8_t>("-129") == "is outside -128 to 127");
    BOOST_TEST(refusal<std::int8_t>("\"-129\"") == "exceeds 128");
    BOOST_TEST(refusal<Amount>("18446744073709551616").starts_with("is no whole number below"));
    BOOST_TEST(refusal<Amount>("\"340282366920938463463374607431768211456\"") ==
               "amount exceeds 2^128 - 1");
}

BOOST_AUTO_TEST_CASE(fields_must_be_known_and_present) {
    BOOST_TEST(refusal<Part>(R"({"small":1})") == "change: is missing");
    BOOST_TEST(refusal<Part>(R"({"small":1,"change":1,"extra":1})") ==
               "extra: is not a known field");
    BOOST_TEST(refusal<Part>(R"({"small":1,"change":1,"small":2})") == "small: is given twice");
    BOOST_TEST(refusal<Part>("[]") == "expected an object");
    BOOST_TEST(refusal<std::vector<Part>>(R"([{"small":1,"change":1},{"small":-1}])") ==
               "[1].small: is negative");
    BOOST_TEST(refusal<std::vector<Part>>("{}") == "expected an array");
}

BOOST_AUTO_TEST_CASE(optional_fields_may_be_absent) {
    const auto cut = [](std::string text, const std::string& part, const std::string& with) {
        return refusal<Order>(text.replace(text.find(part), part.size(), with));
    };
    BOOST_TEST(cut(kOrder, R"("cap":null,)", "") == "accepted");
    BOOST_TEST(cut(kOrder, "null", "5") == "accepted");
    BOOST_TEST(cut(kOrder, "null", "-5") == "cap: is negative");
    BOOST_TEST(cut(kOrder, "closed", "ajar").starts_with("stage: amount is not a whole number"));
    BOOST_TEST(cut(kOrder, "0x00ff", "0x00f") == "blob: hex string has an odd number of digits");
    BOOST_TEST(cut(kOrder, "0xa5", "0x") == "buyer: expected 20 bytes of hex, got 19");
    BOOST_TEST(cut(kOrder, "true,false", "true") == "flags: expected 2 items, got 1");
    BOOST_TEST(cut(kOrder, "true,false", "true,0") == "flags[1]: expected true or false");
    BOOST_TEST(cut(kOrder, R"("a\"\u0001é")", "1") == "note: expected a string");
    BOOST_TEST(cut(kOrder, R"("0x00ff")", "0") == "blob: expected a string of hex");
}

BOOST_AUTO_TEST_CASE(broken_texts_are_refused_with_their_place) {
    BOOST_TEST(refusal<Part>("{").starts_with("JSON at byte 1: "));
    BOOST_TEST(refusal<Part>("1 2").starts_with("JSON at byte 2: "));
    BOOST_TEST(refusal<Part>("").starts_with("JSON at byte 0: "));
    BOOST_TEST(refusal<Part>("\"\xff\"").starts_with("JSON at byte "));
    BOOST_TEST(refusal<Part>(std::string(1'000'000, '[')).starts_with("JSON at byte "));
}

}  // namespace assay::test
