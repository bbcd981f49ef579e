// Fuzz target: whatever a peer says on a channel encodes back to the same bytes, or is refused.
#include "consensus/engine/messages.hpp"
#include "consensus/gossip/tx_messages.hpp"
#include "consensus/sync/block_messages.hpp"
#include "consensus/sync/snapshot_messages.hpp"

namespace {

template <class Decode, class Encode>
void decode_and_compare(assay::ByteView data, Decode decode, Encode encode) {
    const auto value = decode(data);
    if (!value) return;
    const assay::Bytes again = encode(*value);
    CHECK(std::equal(again.begin(), again.end(), data.begin(), data.end()));
}

}  // namespace

// The first byte chooses the channel.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const assay::ByteView input(data + 1, size - 1);
    using namespace assay::consensus;
    switch (data[0] % 4) {
        case 0: decode_and_compare(input, decode_tx_message, encode_tx_message); break;
        case 1: decode_and_compare(input, decode_block_message, encode_block_message); break;
        case 2: decode_and_compare(input, decode_snapshot_message, encode_snapshot_message); break;
        default: decode_and_compare(input, decode_message, encode_message); break;
    }
    return 0;
}
