// A field is set by its path, from text, or nothing changes.
#include "chain/codec/field_path.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;

namespace {

enum class Colour : std::uint8_t { red = 1, dark_blue = 2 };
BOOST_DESCRIBE_ENUM(Colour, red, dark_blue)

struct Inner {
    std::uint32_t share_ppm = 5;
    bool is_open = false;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (share_ppm, is_open))

struct Outer {
    std::uint64_t wait_s = 1;
    std::uint8_t small = 1;
    Amount amount = 1;
    Inner inner;
    std::vector<Inner> list = {{}, {}};
    std::array<std::uint16_t, 2> pair = {1, 2};
    Address who;
    Colour colour = Colour::red;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (wait_s, small, amount, inner, list, pair, who, colour, words))

std::string after(const std::string& path, const std::string& value, field_path::Outcome expected) {
    Outer out;
    BOOST_TEST((field_path::assign(out, path, value) == expected), path + " = " + value);
    if (expected != field_path::Outcome::done)
        BOOST_TEST(json::to_string(out) == json::to_string(Outer{}));
    return json::to_string(out);
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_kind_of_field_is_set_from_text) {
    const auto done = [](const std::string& path, const std::string& value) {
        return after(path, value, field_path::Outcome::done);
    };
    BOOST_TEST(has(done("waitS", "18446744073709551615"), "\"waitS\":\"18446744073709551615\""));
    BOOST_TEST(has(done("small", "255"), "\"small\":255"));
    BOOST_TEST(has(done("amount", "0xff"), "\"amount\":\"255\""));
    BOOST_TEST(has(done("inner.sharePpm", "7"), "\"inner\":{\"sharePpm\":7"));
    BOOST_TEST(has(done("inner.isOpen", "true"), "\"isOpen\":true"));
    BOOST_TEST(has(done("list.1.sharePpm", "7"), ",{\"sharePpm\":7"));
    BOOST_TEST(has(done("pair.0", "9"), "\"pair\":[9,2]"));
    BOOST_TEST(has(done("who", "0x" + std::string(40, 'a')), "\"who\":\"0xaaaa"));
    BOOST_TEST(has(done("colour", "dark_blue"), "\"colour\":\"dark_blue\""));
    BOOST_TEST(has(done("words", ""), "\"words\":\"\""));
}

BOOST_AUTO_TEST_CASE(other_paths_name_nothing) {
    for (const char* path :
         {"", ".", "waits", "wait_s", "waitS.", ".waitS", "waitS.x", "inner", "inner.", "list",
          "list.2", "list.2.sharePpm", "list.01.sharePpm", "list.-1", "list.1", "pair.2", "x"})
        after(path, "1", field_path::Outcome::unknown);
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_value) {
    for (const auto& [path, value] :
         std::vector<std::pair<const char*, const char*>>{{"waitS", "18446744073709551616"},
                                                          {"waitS", "-1"},
                                                          {"waitS", ""},
                                                          {"waitS", " 1"},
                                                          {"waitS", "1s"},
                                                          {"small", "256"},
                                                          {"inner.isOpen", "1"},
                                                          {"inner.isOpen", "True"},
                                                          {"who", "0xaa"},
                                                          {"colour", "green"},
                                                          {"amount", "1e3"}})
        after(path, value, field_path::Outcome::malformed);
}
