// Owns what nodes say to each other on the snapshots channel, and its wire form.
#pragma once

#include <variant>

#include "chain/app/snapshot.hpp"
#include "consensus/sync/light_block.hpp"

namespace assay::consensus {

inline constexpr std::size_t kMaxSnapshotsListed = 8;

struct SnapshotsRequest {
    friend bool operator==(const SnapshotsRequest&, const SnapshotsRequest&) = default;
};
struct SnapshotsResponse {
    std::vector<SnapshotManifest> snapshots;
    friend bool operator==(const SnapshotsResponse&, const SnapshotsResponse&) = default;
};
// `root` names the snapshot among those of its height.
struct ChunkRequest {
    std::uint64_t height = 0;
    Hash256 root;
    std::uint32_t index = 0;
    friend bool operator==(const ChunkRequest&, const ChunkRequest&) = default;
};
struct ChunkResponse {
    std::uint64_t height = 0;
    Hash256 root;
    std::uint32_t index = 0;
    std::optional<SnapshotChunk> chunk;  // nullopt: not there
    friend bool operator==(const ChunkResponse&, const ChunkResponse&) = default;
};
struct LightBlockRequest {
    std::int64_t height = 0;
    friend bool operator==(const LightBlockRequest&, const LightBlockRequest&) = default;
};
struct LightBlockResponse {
    std::int64_t height = 0;
    std::optional<LightBlock> block;  // nullopt: not there
    friend bool operator==(const LightBlockResponse&, const LightBlockResponse&) = default;
};

using SnapshotMessage = std::variant<SnapshotsRequest, SnapshotsResponse, ChunkRequest,
                                     ChunkResponse, LightBlockRequest, LightBlockResponse>;

Bytes encode_snapshot_message(const SnapshotMessage& message);
// Refuses whatever encode_snapshot_message() cannot have made; sizes before anything is copied.
Result<SnapshotMessage> decode_snapshot_message(ByteView data);

}  // namespace assay::consensus
