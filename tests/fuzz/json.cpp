// Fuzzes the JSON reader: what is accepted is written, read back and written the same.
#include "chain/codec/json.hpp"

#include "tests/chain/codec/vector_types.hpp"

namespace assay {

namespace {

template <class T>
void check(const JsonValue& document) {
    const auto value = json::read<T>(document);
    if (!value) {
        CHECK(!value.error().message.empty());
        return;
    }
    const std::string text = json::to_string(*value);
    const auto parsed = json::parse(text);
    CHECK(parsed.has_value());
    const auto again = json::read<T>(*parsed);
    CHECK(again.has_value() && json::to_string(*again) == text);
}

}  // namespace

}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const auto document = json::parse(text_of({data, size}));
    if (!document) return 0;
    check<test::Everything>(*document);
    check<test::Leaf>(*document);
    check<test::Numbers>(*document);
    check<std::vector<test::Point>>(*document);
    return 0;
}
