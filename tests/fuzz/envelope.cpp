// Fuzzes transaction envelopes: what is accepted encodes back to the input and has at most one
// sender.
#include "chain/codec/envelope.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const auto envelope = decode_envelope({data, size});
    if (!envelope) return 0;
    CHECK(encode_envelope(*envelope) == Bytes(data, data + size));
    const auto sender = sender_of(*envelope);
    const auto again = sender_of(*envelope);
    CHECK(sender.has_value() == again.has_value() && (!sender || *sender == *again));
    return 0;
}
