// Owns the start of an empty node from its peers' snapshots, before it takes part in anything.
#pragma once

#include <stop_token>

#include "chain/app/snapshot.hpp"
#include "consensus/p2p/peer_network.hpp"
#include "consensus/sync/state_sync.hpp"

namespace assay::node {

struct StateJoinParts {
    consensus::ChainIdentity identity;
    consensus::TrustOptions trust;
    const Application& app;  // empty
    SnapshotCalls& snapshots;
    consensus::PeerConfig peers;
    const consensus::NodeKey& node_key;
};

enum class JoinOutcome : std::uint8_t {
    restored,
    from_genesis,  // no snapshot could be had, and nothing was changed
    stopped,
};

// Runs a peer network of its own until it is known how it ends. Fails where the port for peers is
// taken, where the disk fails, and where peers prove two chains: the operator must decide then.
Result<JoinOutcome> join_by_snapshot(StateJoinParts parts, const std::stop_token& stop);

}  // namespace assay::node
