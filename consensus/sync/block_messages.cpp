// The blocks channel's messages as one protobuf oneof.
#include "consensus/sync/block_messages.hpp"

namespace assay::consensus {

namespace {

std::uint64_t read_height(protobuf::Reader& in, std::uint32_t field) {
    const std::uint64_t height = in.varint(field);
    if (height < 1 || height > INT64_MAX) in.fail(field, "is no height");
    return height;
}

void write(protobuf::Writer& out, const BlockRequest& request) {
    out.varint(1, request.height);
    out.varint(2, request.count);
}

void read(protobuf::Reader& in, BlockRequest& request) {
    request.height = read_height(in, 1);
    request.count = in.uint32(2);
    if (request.count < 1 || request.count > kMaxBlocksAsked) in.fail(2, "is out of range");
}

void write(protobuf::Writer& out, const BlockResponse& response) {
    out.varint(1, response.height);
    out.bytes(2, response.block);
    out.message(3, [&](protobuf::Writer& inner) { write(inner, response.commit); });
    out.bytes(4, response.senders);
}

void read(protobuf::Reader& in, BlockResponse& response) {
    response.height = read_height(in, 1);
    const ByteView block = in.bytes(2);
    if (block.empty()) in.fail(2, "is empty");
    if (block.size() > kMaxBlockBytes) in.fail(2, "is too long");
    in.message(3, [&](protobuf::Reader& inner) { read(inner, response.commit); });
    const ByteView senders = in.bytes(4);
    if (senders.size() % Address::kSize != 0) in.fail(4, "is no list of addresses");
    // A transaction that a block can hold names a recipient, in as many bytes.
    if (senders.size() > block.size()) in.fail(4, "is too long");
    if (!in.ok()) return;
    response.block = to_bytes(block);
    response.senders = to_bytes(senders);
}

void write(protobuf::Writer& out, const NoBlock& none) {
    out.varint(1, none.height);
}

void read(protobuf::Reader& in, NoBlock& none) {
    none.height = read_height(in, 1);
}

void write(protobuf::Writer& out, const BlockHeights& heights) {
    out.varint(1, heights.base);
    out.varint(2, heights.height);
}

void read(protobuf::Reader& in, BlockHeights& heights) {
    heights.base = in.varint(1);
    heights.height = in.varint(2);
    if (heights.height > INT64_MAX) in.fail(2, "is no height");
    if (heights.base > heights.height || (heights.base == 0) != (heights.height == 0))
        in.fail(1, "is out of range");
}

template <class T>
BlockMessage read_one(protobuf::Reader& in, std::uint32_t field) {
    T out;
    in.message(field, [&](protobuf::Reader& inner) { read(inner, out); });
    return out;
}

}  // namespace

Bytes encode_block_message(const BlockMessage& message) {
    protobuf::Writer out;
    if (const auto* response = std::get_if<BlockResponse>(&message))
        out.reserve(response->block.size() + response->senders.size() +
                    256 * (response->commit.signatures.size() + 1));
    const auto field = static_cast<std::uint32_t>(message.index() + 1);
    out.message(field, [&](protobuf::Writer& inner) {
        std::visit([&](const auto& one) { write(inner, one); }, message);
    });
    return out.take();
}

Result<BlockMessage> decode_block_message(ByteView data) {
    protobuf::Reader in(data);
    BlockMessage out;
    if (in.has(1))
        out = read_one<BlockRequest>(in, 1);
    else if (in.has(2))
        out = read_one<BlockResponse>(in, 2);
    else if (in.has(3))
        out = read_one<NoBlock>(in, 3);
    else if (in.has(4))
        out = read_one<BlockHeights>(in, 4);
    else
        in.fail(0, "names no kind of message");
    if (const auto done = in.finish(); !done)
        return failure("blocks message: " + done.error().message);
    return out;
}

}  // namespace assay::consensus
