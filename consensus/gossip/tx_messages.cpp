// The transactions channel's messages as one protobuf oneof.
#include "consensus/gossip/tx_messages.hpp"

#include "chain/codec/protobuf.hpp"

namespace assay::consensus {

namespace {

void write_hashes(protobuf::Writer& out, std::uint32_t field, const std::vector<Hash256>& hashes) {
    for (const Hash256& hash : hashes) out.element(field, hash);
}

std::vector<Hash256> read_hashes(protobuf::Reader& in, std::uint32_t field) {
    std::vector<Hash256> out;
    while (in.has(field)) {
        const ByteView hash = in.element(field);
        if (hash.size() != Hash256::kSize) in.fail(field, "has the wrong length");
        if (out.size() == kMaxTxsInMessage) in.fail(field, "is repeated too often");
        if (!in.ok()) return {};
        out.push_back(Hash256::from(hash));
    }
    return out;
}

void write_txs(protobuf::Writer& out, std::uint32_t field, const std::vector<Bytes>& txs) {
    for (const Bytes& raw : txs) out.element(field, raw);
}

// Lengths are checked before anything is copied.
std::vector<Bytes> read_txs(protobuf::Reader& in, std::uint32_t field) {
    std::vector<Bytes> out;
    std::size_t bytes = 0;
    while (in.has(field)) {
        const ByteView raw = in.element(field);
        bytes += raw.size();
        if (raw.empty() || raw.size() > kMaxTxBytes) in.fail(field, "has the wrong length");
        if (bytes > kMaxTxMessageBytes) in.fail(field, "is too much in all");
        if (out.size() == kMaxTxsInMessage) in.fail(field, "is repeated too often");
        if (!in.ok()) return {};
        out.push_back(to_bytes(raw));
    }
    return out;
}

void write(protobuf::Writer& out, const TxAnnounce& announce) {
    write_hashes(out, 1, announce.hashes);
}
void write(protobuf::Writer& out, const TxRequest& request) {
    write_hashes(out, 1, request.hashes);
}
void write(protobuf::Writer& out, const TxAnswer& answer) {
    write_txs(out, 1, answer.raw);
    write_hashes(out, 2, answer.gone);
}
void write(protobuf::Writer& out, const TxPush& push) {
    write_txs(out, 1, push.raw);
}
void write(protobuf::Writer& out, const TxNeighbours& neighbours) {
    out.bytes(1, neighbours.digest);
}

void read(protobuf::Reader& in, TxAnnounce& announce) {
    announce.hashes = read_hashes(in, 1);
    if (announce.hashes.empty()) in.fail(1, "is missing");
}
void read(protobuf::Reader& in, TxRequest& request) {
    request.hashes = read_hashes(in, 1);
    if (request.hashes.empty()) in.fail(1, "is missing");
}
void read(protobuf::Reader& in, TxAnswer& answer) {
    answer.raw = read_txs(in, 1);
    answer.gone = read_hashes(in, 2);
    if (answer.raw.empty() && answer.gone.empty()) in.fail(1, "is missing");
}
void read(protobuf::Reader& in, TxPush& push) {
    push.raw = read_txs(in, 1);
    if (push.raw.empty()) in.fail(1, "is missing");
}
void read(protobuf::Reader& in, TxNeighbours& neighbours) {
    neighbours.digest = in.fixed<8>(1);
}

template <class T>
TxMessage read_one(protobuf::Reader& in, std::uint32_t field) {
    T out;
    in.message(field, [&](protobuf::Reader& inner) { read(inner, out); });
    return out;
}

}  // namespace

Bytes encode_tx_message(const TxMessage& message) {
    protobuf::Writer out;
    const auto field = static_cast<std::uint32_t>(message.index() + 1);
    out.message(field, [&](protobuf::Writer& inner) {
        std::visit([&](const auto& one) { write(inner, one); }, message);
    });
    return out.take();
}

Result<TxMessage> decode_tx_message(ByteView data) {
    protobuf::Reader in(data);
    TxMessage out;
    if (in.has(1))
        out = read_one<TxAnnounce>(in, 1);
    else if (in.has(2))
        out = read_one<TxRequest>(in, 2);
    else if (in.has(3))
        out = read_one<TxAnswer>(in, 3);
    else if (in.has(4))
        out = read_one<TxPush>(in, 4);
    else if (in.has(5))
        out = read_one<TxNeighbours>(in, 5);
    else
        in.fail(0, "names no kind of message");
    if (const auto done = in.finish(); !done)
        return failure("transactions message: " + done.error().message);
    return out;
}

}  // namespace assay::consensus
