// Fuzzes the ABI decoder with a struct of every type: what is accepted encodes back to the input.
#include "chain/codec/abi.hpp"

#include "tests/chain/codec/vector_types.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const ByteView input(data, size);
    const auto value = abi::decode<test::Everything>(input);
    if (value) CHECK(abi::encode(*value) == to_bytes(input));
    const auto leaves = abi::decode_return<std::vector<test::Leaf>>(input);
    if (leaves) CHECK(abi::encode_return(*leaves) == to_bytes(input));
    const auto numbers = abi::decode<test::Numbers>(input);
    if (numbers) CHECK(abi::encode(*numbers) == to_bytes(input));
    return 0;
}
