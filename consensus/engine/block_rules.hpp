// Owns the making of a block that is valid, and the rules by which every other node judges it.
#pragma once

#include "consensus/core/core.hpp"
#include "consensus/engine/evidence_pool.hpp"
#include "consensus/mempool/mempool.hpp"
#include "consensus/privval/vrf_prover.hpp"

namespace assay::consensus {

struct Draft {
    Block block;
    Bytes encoded;
    BlockId id;
};

// What a proposer knows beside the chain.
struct DraftInputs {
    Commit last_commit;  // for the last block; holds
    std::vector<DuplicateVoteEvidence> evidence;
    ConsensusAddress proposer;
    VrfProver* prover = nullptr;         // none: the block has no entry
    std::uint64_t max_gas = UINT64_MAX;  // of its transactions, as far as one fits at all
};

// A block from what waits. What was offered to the application within its limits and not taken can
// never be paid for, and leaves the mempool.
Draft draft_block(const ChainIdentity& identity, const ChainPosition& position, Application& app,
                  Mempool& mempool, const DraftInputs& inputs);

// Valid where an honest proposer could have made this block after `position`; fails, and says which
// rule it breaks, where none could. Unjudged where it holds evidence of heights from before the
// snapshot that this node began with, and breaks no other rule (ADR 11). Nodes that can judge a
// block find the same.
Result<BlockFinding> check_block(const ChainIdentity& identity, const ChainPosition& position,
                                 Application& app, const Block& block, std::size_t encoded_bytes);

// As check_block, for a block that a commit proves final: what its transactions may do was for the
// validators to judge, before they signed.
Result<BlockFinding> check_final_block(const ChainIdentity& identity, const ChainPosition& position,
                                       const Application& app, const Block& block,
                                       std::size_t encoded_bytes);

// The set and the time of a stored block, for evidence of its height. Fails for heights from before
// the snapshot that this node began with.
Result<HeightFacts> load_facts(const Application& app, std::int64_t height);

}  // namespace assay::consensus
