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
    ValidatorSet last_validators;  // decided the last block
    ValidatorSet validators;       // decide the next one
    ValidatorSet next_validators;  // and the one after it
    std::uint64_t last_since = 0;  // the height from which last_validators decide
    std::uint64_t validators_since = 1;
    std::uint64_t next_since = 1;
};

// Before the first block: the application's genesis hash, and the hash of no results.
ChainPosition genesis_position(const ChainIdentity& identity, const Hash256& app_hash);

// The position after a block. Fails where the application's changes give no validator set.
Result<ChainPosition> position_after(const ChainPosition& before, const Block& block,
                                     const BlockId& id, Commit commit,
                                     const FinalizeResponse& response);

BlockTime plus_one_ms(BlockTime time);

// What a block adds to what `position` says.
struct BlockContent {
    Hash256 data_hash;
    Hash256 evidence_hash;
    Commit last_commit;  // for the last block: any that holds
    ConsensusAddress proposer;
};
BlockContent content_of(const Block& block);
// The header that must follow `position`, for this content, whose commit was verified. Its time is
// the median of the commit's, and later than the last block's in any case: votes for nil, of nodes
// with slow clocks, and a third of liars can together move the median back.
Header next_header(const ChainIdentity& identity, const ChainPosition& position,
                   const BlockContent& content);

// A block cut and hashed.
BlockId block_id_of(const Block& block, ByteView encoded);

// `validators` decided the block before, whose commit this block carries.
FinalizeRequest finalize_request(const Block& block, const ValidatorSet& validators);
Hash256 results_hash_of(const FinalizeResponse& response);

// Engine records by height: the encoded block and the commit for it as this node saw it.
Bytes block_record_key(std::uint64_t height);
Bytes commit_record_key(std::uint64_t height);
// In the place of a block whose state was restored from a snapshot: its header alone.
Bytes header_record_key(std::uint64_t height);
// Present once evidence against this validator at this height is in a block.
Bytes evidence_record_key(std::int64_t height, const ConsensusAddress& validator);

// Everything commit() should store beside the application's state.
std::vector<EngineRecord> records_of(const ChainPosition& position, const Block& block,
                                     Bytes encoded_block);
// The position stored with block `height`, the newest one; fails where records are missing or
// damaged.
Result<ChainPosition> load_position(const Application& app, std::uint64_t height);
// The header of block `height`, stored with its block or alone.
Result<Header> load_header(const Application& app, std::uint64_t height);

// What a snapshot tells beside the application's state: the sets to come with their turns. The
// same on every node.
struct SnapshotNote {
    static constexpr const char* kName = "snapshot note";
    ValidatorSet validators;
    ValidatorSet next;
};
void write(protobuf::Writer& out, const SnapshotNote& note);
void read(protobuf::Reader& in, SnapshotNote& note);
Bytes snapshot_note(const ChainPosition& position);
// Everything to store for a position that was restored, whose block has this header. Sets
// position's heights of set changes as this node will know them.
std::vector<EngineRecord> base_records(ChainPosition& position, const Header& header);
// The set that decided block `height`, which is stored. Turns are as they were when the set last
// changed: do not ask it for the proposer.
Result<ValidatorSet> load_validators(const Application& app, std::uint64_t height);
// The same, with the height since which it decides and whose turns it shows.
struct DatedValidators {
    std::uint64_t since = 0;
    ValidatorSet set;
};
Result<DatedValidators> load_dated_validators(const Application& app, std::uint64_t height);

}  // namespace assay::consensus
