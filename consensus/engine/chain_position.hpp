// Owns ChainPosition: what an engine must remember of the last block to build or check the next.
#pragma once

#include "chain/app/application.hpp"
#include "consensus/types/block.hpp"
#include "consensus/types/part_set.hpp"
#include "consensus/types/results.hpp"

namespace assay::consensus {

// Fixed for a chain's life; from genesis.
struct ChainIdentity {
    std::string chain_id;  // the consensus one, such as "assay-31337-1"
    BlockTime genesis_time;
    ValidatorSet validators;
    BlockParams block;
};

// Stored with every block, in the same synced write.
struct ChainPosition {
    std::uint64_t height = 0;  // of the last block; 0 before the first
    BlockId last_block_id;
    BlockTime last_time;
    Commit last_commit;  // for the last block
    Hash256 app_hash;    // after the last block
    Hash256 results_hash;
};

// Before the first block: the application's genesis hash, and the hash of no results.
ChainPosition genesis_position(const ChainIdentity& identity, const Hash256& app_hash);

// The header that must follow `position`, for these contents.
Header next_header(const ChainIdentity& identity, const ChainPosition& position,
                   const Hash256& data_hash, const ConsensusAddress& proposer);

// A block cut and hashed.
BlockId block_id_of(const Block& block, ByteView encoded);

FinalizeRequest finalize_request(const Block& block);
Hash256 results_hash_of(const FinalizeResponse& response);

// Engine records by height: the encoded block and the commit for it.
Bytes block_record_key(std::uint64_t height);
Bytes commit_record_key(std::uint64_t height);

// Everything commit() should store beside the application's state.
std::vector<EngineRecord> records_of(const ChainPosition& position, Bytes encoded_block);
// The position stored with block `height`; fails where records are missing or damaged.
Result<ChainPosition> load_position(const Application& app, std::uint64_t height);

}  // namespace assay::consensus
