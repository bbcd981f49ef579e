// The snapshots channel's messages as one protobuf oneof.
#include "consensus/sync/snapshot_messages.hpp"

namespace assay::consensus {

namespace {

void write(protobuf::Writer& out, const SnapshotManifest& manifest) {
    out.varint(1, manifest.format);
    out.varint(2, manifest.height);
    out.varint(3, manifest.chunks);
    out.bytes(4, manifest.root);
    out.bytes(5, manifest.app_hash);
}

void read(protobuf::Reader& in, SnapshotManifest& manifest) {
    manifest.format = in.uint32(1);
    manifest.height = in.varint(2);
    if (manifest.height == 0 || manifest.height >= INT64_MAX) in.fail(2, "is out of range");
    manifest.chunks = in.uint32(3);
    if (manifest.chunks == 0) in.fail(3, "is zero");
    manifest.root = in.fixed<32>(4);
    manifest.app_hash = in.fixed<32>(5);
}

void write(protobuf::Writer&, const SnapshotsRequest&) {}
void read(protobuf::Reader&, SnapshotsRequest&) {}

void write(protobuf::Writer& out, const SnapshotsResponse& response) {
    for (const auto& manifest : response.snapshots)
        out.message(1, [&](protobuf::Writer& inner) { write(inner, manifest); });
}

void read(protobuf::Reader& in, SnapshotsResponse& response) {
    while (in.has(1) && response.snapshots.size() < kMaxSnapshotsListed)
        in.message(
            1, [&](protobuf::Reader& inner) { read(inner, response.snapshots.emplace_back()); });
}

void write(protobuf::Writer& out, const ChunkRequest& request) {
    out.varint(1, request.height);
    out.bytes(2, request.root);
    out.varint(3, request.index);
}

void read(protobuf::Reader& in, ChunkRequest& request) {
    request.height = in.varint(1);
    request.root = in.fixed<32>(2);
    request.index = in.uint32(3);
}

void write(protobuf::Writer& out, const SnapshotChunk& chunk) {
    out.bytes(1, chunk.bytes);
    for (const auto& hash : chunk.path) out.element(2, hash);
}

void read(protobuf::Reader& in, SnapshotChunk& chunk) {
    const ByteView bytes = in.bytes(1);
    if (bytes.empty() || bytes.size() > kSnapshotChunkBytes) in.fail(1, "has a wrong size");
    while (in.has(2) && chunk.path.size() < kMaxChunkPath) {
        const ByteView hash = in.element(2);
        if (hash.size() != 32) in.fail(2, "has the wrong length");
        if (!in.ok()) return;
        chunk.path.push_back(Hash256::from(hash));
    }
    if (in.ok()) chunk.bytes = to_bytes(bytes);
}

void write(protobuf::Writer& out, const ChunkResponse& response) {
    out.varint(1, response.height);
    out.bytes(2, response.root);
    out.varint(3, response.index);
    if (response.chunk)
        out.message(4, [&](protobuf::Writer& inner) { write(inner, *response.chunk); });
}

void read(protobuf::Reader& in, ChunkResponse& response) {
    response.height = in.varint(1);
    response.root = in.fixed<32>(2);
    response.index = in.uint32(3);
    if (in.has(4))
        in.message(4, [&](protobuf::Reader& inner) { read(inner, response.chunk.emplace()); });
}

std::int64_t read_height(protobuf::Reader& in) {
    const std::int64_t height = in.int64(1);
    if (height < 1) in.fail(1, "is below 1");
    return height;
}

void write(protobuf::Writer& out, const LightBlockRequest& request) {
    out.integer(1, request.height);
}
void read(protobuf::Reader& in, LightBlockRequest& request) {
    request.height = read_height(in);
}

void write(protobuf::Writer& out, const LightBlockResponse& response) {
    out.integer(1, response.height);
    if (response.block)
        out.message(2, [&](protobuf::Writer& inner) { write(inner, *response.block); });
}

void read(protobuf::Reader& in, LightBlockResponse& response) {
    response.height = read_height(in);
    if (!in.has(2)) return;
    in.message(2, [&](protobuf::Reader& inner) { read(inner, response.block.emplace()); });
    if (in.ok() && response.block->header.height != response.height)
        in.fail(2, "is of another height");
}

template <class T>
SnapshotMessage read_one(protobuf::Reader& in, std::uint32_t field) {
    T out;
    in.message(field, [&](protobuf::Reader& inner) { read(inner, out); });
    return out;
}

}  // namespace

Bytes encode_snapshot_message(const SnapshotMessage& message) {
    protobuf::Writer out;
    const auto field = static_cast<std::uint32_t>(message.index() + 1);
    out.message(field, [&](protobuf::Writer& inner) {
        std::visit([&](const auto& one) { write(inner, one); }, message);
    });
    return out.take();
}

Result<SnapshotMessage> decode_snapshot_message(ByteView data) {
    protobuf::Reader in(data);
    SnapshotMessage out;
    if (in.has(1))
        out = read_one<SnapshotsRequest>(in, 1);
    else if (in.has(2))
        out = read_one<SnapshotsResponse>(in, 2);
    else if (in.has(3))
        out = read_one<ChunkRequest>(in, 3);
    else if (in.has(4))
        out = read_one<ChunkResponse>(in, 4);
    else if (in.has(5))
        out = read_one<LightBlockRequest>(in, 5);
    else if (in.has(6))
        out = read_one<LightBlockResponse>(in, 6);
    else
        in.fail(0, "names no kind of message");
    if (const auto done = in.finish(); !done)
        return failure("snapshot message: " + done.error().message);
    return out;
}

}  // namespace assay::consensus
