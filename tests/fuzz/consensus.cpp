// Fuzz target: whatever a consensus decoder takes encodes back to the same bytes.
#include "consensus/types/block.hpp"
#include "consensus/types/part_set.hpp"

namespace {

template <class T>
void decode_and_compare(assay::ByteView data) {
    const auto value = assay::consensus::decode<T>(data);
    if (!value) return;
    const assay::Bytes again = assay::consensus::encode(*value);
    CHECK(std::equal(again.begin(), again.end(), data.begin(), data.end()));
}

}  // namespace

// The first byte chooses the structure.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const assay::ByteView input(data + 1, size - 1);
    using namespace assay::consensus;
    switch (data[0] % 6) {
        case 0:
            decode_and_compare<Block>(input);
            break;
        case 1:
            decode_and_compare<Commit>(input);
            break;
        case 2:
            decode_and_compare<Vote>(input);
            break;
        case 3:
            decode_and_compare<Proposal>(input);
            break;
        case 4:
            decode_and_compare<ValidatorSet>(input);
            break;
        default:
            decode_and_compare<Part>(input);
            break;
    }
    return 0;
}
