// Serving, within each peer's allowance.
#include "consensus/sync/snapshot_server.hpp"

namespace assay::consensus {

bool SnapshotServer::allowed(const PeerId& peer) {
    Allowance& allowance = allowances_[peer];
    const std::uint64_t now = clock_.monotonic_ms();
    if (now - allowance.refilled_ms >= 1'000) allowance = {kAnswersPerSecond, now};
    if (allowance.left == 0) {
        peers_.report(peer, Offence::flood);
        return false;
    }
    --allowance.left;
    return true;
}

// The newest counts from the next block on, whose header proves it.
void SnapshotServer::list() {
    listed_.clear();
    for (const auto& manifest : snapshots_.list_snapshots()) {
        if (listed_.size() == kMaxSnapshotsListed) break;
        if (!light_blocks_.light_block(static_cast<std::int64_t>(manifest.height) + 1)) continue;
        listed_[manifest.height] = manifest;
    }
}

void SnapshotServer::receive(const PeerId& peer, ByteView message) {
    const auto decoded = decode_snapshot_message(message);
    if (!decoded) return peers_.report(peer, Offence::malformed);
    std::visit(
        [&](const auto& one) {
            if constexpr (requires { answer(peer, one); })
                answer(peer, one);
            else
                peers_.report(peer, Offence::useless);
        },
        *decoded);
}

bool SnapshotServer::keeps(std::uint64_t height, const Hash256& root) {
    if (!listed_.contains(height)) list();
    const auto found = listed_.find(height);
    return found != listed_.end() && found->second.root == root;
}

void SnapshotServer::answer(const PeerId& peer, const SnapshotsRequest&) {
    if (!allowed(peer)) return;
    list();
    SnapshotsResponse out;
    for (auto it = listed_.rbegin(); it != listed_.rend(); ++it)
        out.snapshots.push_back(it->second);
    peers_.send(peer, Channel::snapshots, encode_snapshot_message(out));
}

void SnapshotServer::answer(const PeerId& peer, const ChunkRequest& request) {
    if (!allowed(peer)) return;
    ChunkResponse out{
        .height = request.height, .root = request.root, .index = request.index, .chunk = {}};
    if (keeps(request.height, request.root))
        out.chunk = snapshots_.load_snapshot_chunk(request.height, request.index);
    peers_.send(peer, Channel::snapshots, encode_snapshot_message(out));
}

void SnapshotServer::answer(const PeerId& peer, const LightBlockRequest& request) {
    if (!allowed(peer)) return;
    const LightBlockResponse out{.height = request.height,
                                 .block = light_blocks_.light_block(request.height)};
    peers_.send(peer, Channel::snapshots, encode_snapshot_message(out));
}

}  // namespace assay::consensus
