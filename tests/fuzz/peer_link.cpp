// Fuzz target: a peer's bytes, cut into frames however they arrive, and what the first frames hold.
#include "consensus/p2p/address_book.hpp"
#include "consensus/p2p/frame.hpp"

namespace {

using namespace assay::consensus;

using Frames = std::vector<std::pair<FrameHead, assay::Bytes>>;

// All whole frames of a stream that arrives in pieces of one size, and whether it was refused.
std::pair<Frames, bool> cut(assay::ByteView stream, std::size_t step) {
    FrameReader reader;
    Frames out;
    while (!stream.empty()) {
        assay::ByteView piece = stream.first(std::min(step, stream.size()));
        stream = stream.subspan(piece.size());
        while (!piece.empty()) {
            const auto taken = reader.push(piece);
            if (!taken) return {out, true};
            piece = piece.subspan(*taken);
            if (!reader.is_whole()) continue;
            const FrameHead head = *reader.head();
            CHECK(head.length <= limits_of(head.channel)->max_message);
            out.emplace_back(head, reader.take());
        }
    }
    return {out, false};
}

void read_payload(const FrameHead& head, assay::ByteView payload) {
    if (head.channel == kLinkChannel && !payload.empty()) {
        const auto hello = decode_hello(payload.subspan(1));
        if (!hello || hello->protocol != kPeerProtocol) return;
        const assay::Bytes again = encode_hello(*hello);
        CHECK(std::equal(again.begin(), again.end(), payload.begin() + 1, payload.end()));
    }
    const auto addresses = decode_addresses(payload);
    if (!addresses) return;
    CHECK(addresses->size() <= kMaxAddressesTold);
    CHECK(*decode_addresses(encode_addresses(*addresses)) == *addresses);
}

}  // namespace

// The first byte is the size of the pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const assay::ByteView stream(data + 1, size - 1);
    const auto whole = cut(stream, size);
    CHECK(cut(stream, std::size_t{data[0]} + 1) == whole);
    for (const auto& [head, payload] : whole.first) read_payload(head, payload);
    (void)AddressBook().load(assay::text_of(stream));
    return 0;
}
