// The size that a record is said to have is the one it gets.
#include <boost/test/unit_test.hpp>

#include "chain/codec/record.hpp"

using namespace assay;

namespace {

enum class Colour : std::uint16_t { red = 1 };

struct Inner {
    bool flag = false;
    Colour colour = Colour::red;
    std::array<std::uint32_t, 3> numbers{};
};
BOOST_DESCRIBE_STRUCT(Inner, (), (flag, colour, numbers))

struct Outer {
    std::int64_t number = -1;
    Amount amount;
    FixedBytes<20> address;
    Bytes data;
    std::string text;
    std::vector<Inner> inner;
    std::optional<Inner> maybe;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (number, amount, address, data, text, inner, maybe))

}  // namespace

BOOST_AUTO_TEST_CASE(encoded_size_is_the_size_encoded) {
    Outer outer;
    BOOST_TEST(record::encoded_size(outer) == record::encode(outer).size());
    outer.data = Bytes(70, 1);
    outer.text = "text";
    outer.inner.resize(3);
    outer.maybe.emplace();
    BOOST_TEST(record::encoded_size(outer) == record::encode(outer).size());
}
