// Fuzzes stored records: what is accepted encodes back to the input.
#include "chain/codec/record.hpp"

#include "tests/chain/codec/vector_types.hpp"

namespace {

struct Stored {
    assay::test::Numbers numbers;
    std::string text;
    assay::Bytes blob;
    std::vector<assay::test::Leaf> leaves;
    std::array<assay::test::Point, 2> corners;
    std::vector<std::vector<std::uint32_t>> grid;
    std::optional<assay::test::Leaf> leaf;
    std::vector<std::optional<std::uint16_t>> gaps;
};
BOOST_DESCRIBE_STRUCT(Stored, (), (numbers, text, blob, leaves, corners, grid, leaf, gaps))

template <class T>
void check(assay::ByteView input) {
    const auto value = assay::record::decode<T>(input);
    if (value) CHECK(assay::record::encode(*value) == assay::to_bytes(input));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::ByteView input(data, size);
    check<Stored>(input);
    check<std::vector<assay::test::Leaf>>(input);
    check<assay::test::Numbers>(input);
    return 0;
}
