// Headers, block ids and the records an engine keeps with each block.
#include "consensus/engine/chain_position.hpp"

#include "chain/codec/record.hpp"
#include "consensus/types/wire.hpp"

namespace assay::consensus {

namespace {

// The part of ChainPosition that its block and commit do not tell.
struct StoredOutcome {
    Hash256 app_hash;
    Hash256 results_hash;
};
BOOST_DESCRIBE_STRUCT(StoredOutcome, (), (app_hash, results_hash))

Bytes record_key(char kind, std::uint64_t height) {
    Bytes key{static_cast<std::uint8_t>(kind)};
    record::put_integer(key, height);
    return key;
}

Bytes outcome_record_key(std::uint64_t height) {
    return record_key('o', height);
}

Error missing(const char* what, std::uint64_t height) {
    return failure("the data directory holds no " + std::string(what) + " of block " +
                   std::to_string(height));
}

}  // namespace

ChainPosition genesis_position(const ChainIdentity& identity, const Hash256& app_hash) {
    ChainPosition out;
    out.last_time = identity.genesis_time;
    out.app_hash = app_hash;
    out.results_hash = ResultsHasher().root();
    return out;
}

Header next_header(const ChainIdentity& identity, const ChainPosition& position,
                   const Hash256& data_hash, const ConsensusAddress& proposer) {
    Header out;
    out.chain_id = identity.chain_id;
    out.height = static_cast<std::int64_t>(position.height + 1);
    out.time = position.height == 0 ? identity.genesis_time
                                    : median_time(position.last_commit, identity.validators);
    out.last_block_id = position.last_block_id;
    out.last_commit_hash = position.last_commit.hash();
    out.data_hash = data_hash;
    out.validators_hash = identity.validators.hash();
    out.next_validators_hash = out.validators_hash;
    out.consensus_hash = identity.block.hash();
    out.app_hash = position.app_hash;
    out.last_results_hash = position.results_hash;
    out.evidence_hash = evidence_hash({});
    out.proposer_address = proposer;
    return out;
}

BlockId block_id_of(const Block& block, ByteView encoded) {
    return {.hash = block.header.hash(), .parts = part_set_header(encoded)};
}

FinalizeRequest finalize_request(const Block& block) {
    return {.height = static_cast<std::uint64_t>(block.header.height),
            .time = block.header.time,
            .hash = block.header.hash(),
            .proposer_address = block.header.proposer_address,
            .txs = block.txs};
}

Hash256 results_hash_of(const FinalizeResponse& response) {
    ResultsHasher hasher;
    for (const auto& result : response.results)
        hasher.add(static_cast<std::uint32_t>(result.code), result.data,
                   static_cast<std::int64_t>(result.gas_wanted),
                   static_cast<std::int64_t>(result.gas_used));
    return hasher.root();
}

Bytes block_record_key(std::uint64_t height) {
    return record_key('b', height);
}
Bytes commit_record_key(std::uint64_t height) {
    return record_key('c', height);
}

std::vector<EngineRecord> records_of(const ChainPosition& position, Bytes encoded_block) {
    const StoredOutcome outcome{.app_hash = position.app_hash,
                                .results_hash = position.results_hash};
    return {{block_record_key(position.height), std::move(encoded_block)},
            {commit_record_key(position.height), encode(position.last_commit)},
            {outcome_record_key(position.height), record::encode(outcome)}};
}

Result<ChainPosition> load_position(const Application& app, std::uint64_t height) {
    const auto raw_block = app.engine_record(block_record_key(height));
    if (!raw_block) return missing("consensus block", height);
    const auto block = decode<Block>(*raw_block);
    if (!block) return block.error();
    const auto raw_commit = app.engine_record(commit_record_key(height));
    if (!raw_commit) return missing("commit", height);
    auto commit = decode<Commit>(*raw_commit);
    if (!commit) return commit.error();
    const auto raw_outcome = app.engine_record(outcome_record_key(height));
    if (!raw_outcome) return missing("outcome", height);
    const auto outcome = record::decode<StoredOutcome>(*raw_outcome);
    if (!outcome) return outcome.error();
    return ChainPosition{.height = height,
                         .last_block_id = block_id_of(*block, *raw_block),
                         .last_time = block->header.time,
                         .last_commit = std::move(*commit),
                         .app_hash = outcome->app_hash,
                         .results_hash = outcome->results_hash};
}

}  // namespace assay::consensus
