// The consensus channel's messages as one protobuf oneof.
#include "consensus/engine/messages.hpp"

namespace assay::consensus {

namespace {

constexpr std::size_t kMaxBitmapBytes = kMaxValidators / 8;

void write(protobuf::Writer& out, const VotesHeld& held) {
    out.integer(1, held.round);
    out.varint(2, static_cast<std::uint64_t>(held.type));
    out.bytes(3, held.bits);
    if (!held.block.is_nil())
        out.message(4, [&](protobuf::Writer& inner) { write(inner, held.block); });
}

void read(protobuf::Reader& in, VotesHeld& held) {
    held.round = in.int32(1);
    if (held.round < 0) in.fail(1, "is negative");
    const std::uint64_t type = in.varint(2);
    if (type != 1 && type != 2) in.fail(2, "is no type of vote");
    held.type = static_cast<VoteType>(type);
    const ByteView bits = in.bytes(3);
    if (bits.size() > kMaxBitmapBytes) in.fail(3, "is too long");
    if (in.ok()) held.bits = to_bytes(bits);
    if (!in.has(4)) return;
    in.message(4, [&](protobuf::Reader& inner) { read(inner, held.block); });
    if (held.block.is_nil()) in.fail(4, "is nil");
}

// Rounds go over the wire one higher, so that -1 is the default.
void write(protobuf::Writer& out, const Status& status) {
    out.integer(1, status.height);
    out.varint(2, static_cast<std::uint64_t>(status.round + 1));
    out.varint(3, status.has_proposal ? 1 : 0);
    out.integer(4, status.base);
    for (const VotesHeld& held : status.votes)
        out.message(5, [&](protobuf::Writer& inner) { write(inner, held); });
}

void read(protobuf::Reader& in, Status& status) {
    status.height = in.int64(1);
    if (status.height < 1) in.fail(1, "is below 1");
    const std::uint64_t round = in.varint(2);
    if (round > INT32_MAX) in.fail(2, "is too large");
    status.round = static_cast<std::int32_t>(round) - 1;
    const std::uint64_t has = in.varint(3);
    if (has > 1) in.fail(3, "is no truth value");
    status.has_proposal = has == 1;
    status.base = in.int64(4);
    if (status.base < 0 || status.base > status.height) in.fail(4, "is out of range");
    while (in.has(5) && status.votes.size() < kMaxVotesHeld)
        in.message(5, [&](protobuf::Reader& inner) { read(inner, status.votes.emplace_back()); });
}

void write(protobuf::Writer& out, const BlockPart& part) {
    out.integer(1, part.height);
    out.message(2, [&](protobuf::Writer& inner) { write(inner, part.header); });
    out.message(3, [&](protobuf::Writer& inner) { write(inner, part.part); });
}

void read(protobuf::Reader& in, BlockPart& part) {
    part.height = in.int64(1);
    if (part.height < 1) in.fail(1, "is below 1");
    in.message(2, [&](protobuf::Reader& inner) { read(inner, part.header); });
    in.message(3, [&](protobuf::Reader& inner) { read(inner, part.part); });
}

void write(protobuf::Writer& out, const PartRequest& request) {
    out.integer(1, request.height);
    out.message(2, [&](protobuf::Writer& inner) { write(inner, request.header); });
    out.bytes(3, request.missing);
}

void read(protobuf::Reader& in, PartRequest& request) {
    request.height = in.int64(1);
    if (request.height < 1) in.fail(1, "is below 1");
    in.message(2, [&](protobuf::Reader& inner) { read(inner, request.header); });
    const ByteView missing = in.bytes(3);
    if (missing.size() > kMaxBitmapBytes) in.fail(3, "is too long");
    if (in.ok()) request.missing = to_bytes(missing);
}

template <class T>
ConsensusMessage read_one(protobuf::Reader& in, std::uint32_t field) {
    T out;
    in.message(field, [&](protobuf::Reader& inner) { read(inner, out); });
    return out;
}

}  // namespace

Bytes encode_message(const ConsensusMessage& message) {
    protobuf::Writer out;
    const auto field = static_cast<std::uint32_t>(message.index() + 1);
    out.message(field, [&](protobuf::Writer& inner) {
        std::visit([&](const auto& one) { write(inner, one); }, message);
    });
    return out.take();
}

Result<ConsensusMessage> decode_message(ByteView data) {
    protobuf::Reader in(data);
    ConsensusMessage out;
    if (in.has(1))
        out = read_one<Status>(in, 1);
    else if (in.has(2))
        out = read_one<Proposal>(in, 2);
    else if (in.has(3))
        out = read_one<BlockPart>(in, 3);
    else if (in.has(4))
        out = read_one<Vote>(in, 4);
    else if (in.has(5))
        out = read_one<PartRequest>(in, 5);
    else if (in.has(6))
        out = read_one<Commit>(in, 6);
    else if (in.has(7))
        out = read_one<DuplicateVoteEvidence>(in, 7);
    else
        in.fail(0, "names no kind of message");
    if (const auto done = in.finish(); !done)
        return failure("consensus message: " + done.error().message);
    return out;
}

bool bit_at(const Bytes& bits, std::size_t index) {
    return index / 8 < bits.size() && (bits[index / 8] >> (index % 8) & 1U) != 0;
}

void set_bit(Bytes& bits, std::size_t index, std::size_t size) {
    if (bits.empty()) bits.resize((size + 7) / 8);
    bits[index / 8] = static_cast<std::uint8_t>(bits[index / 8] | 1U << (index % 8));
}

}  // namespace assay::consensus
