// Headers, block ids and the records an engine keeps with each block.
#include "consensus/engine/chain_position.hpp"

#include <algorithm>

#include "chain/codec/record.hpp"
#include "consensus/types/wire.hpp"

namespace assay::consensus {

namespace {

// The part of ChainPosition that its block and commit do not tell.
struct StoredOutcome {
    Hash256 app_hash;
    Hash256 results_hash;
    std::uint64_t set_since = 0;  // the height from which the block's validators decide
};
BOOST_DESCRIBE_STRUCT(StoredOutcome, (), (app_hash, results_hash, set_since))

// The sets to come, with their turns; one record, of the newest block.
struct SetsToCome {
    static constexpr const char* kName = "validator sets to come";
    ValidatorSet validators;
    ValidatorSet next;
    std::uint64_t validators_since = 0;
    std::uint64_t next_since = 0;
};

void write(protobuf::Writer& out, const SetsToCome& sets) {
    out.message(1, [&](protobuf::Writer& inner) { write(inner, sets.validators); });
    out.message(2, [&](protobuf::Writer& inner) { write(inner, sets.next); });
    out.varint(3, sets.validators_since);
    out.varint(4, sets.next_since);
}

void read(protobuf::Reader& in, SetsToCome& sets) {
    in.message(1, [&](protobuf::Reader& inner) { read(inner, sets.validators); });
    in.message(2, [&](protobuf::Reader& inner) { read(inner, sets.next); });
    sets.validators_since = in.varint(3);
    sets.next_since = in.varint(4);
}

Bytes record_key(char kind, std::uint64_t height) {
    Bytes key{static_cast<std::uint8_t>(kind)};
    record::put_integer(key, height);
    return key;
}

Bytes outcome_record_key(std::uint64_t height) {
    return record_key('o', height);
}

Bytes set_record_key(std::uint64_t since) {
    return record_key('v', since);
}

const Bytes kSetsToComeKey{static_cast<std::uint8_t>('V')};

Error missing(const char* what, std::uint64_t height) {
    return failure("the data directory holds no " + std::string(what) + " of block " +
                   std::to_string(height));
}

Result<StoredOutcome> load_outcome(const Application& app, std::uint64_t height) {
    const auto raw = app.engine_record(outcome_record_key(height));
    if (!raw) return missing("outcome", height);
    return record::decode<StoredOutcome>(*raw);
}

Result<ValidatorSet> load_set(const Application& app, std::uint64_t since) {
    const auto raw = app.engine_record(set_record_key(since));
    if (!raw) return missing("validator set", since);
    return decode<ValidatorSet>(*raw);
}

Attested attested_by(const Block& block, const ValidatorSet& validators) {
    Attested out;
    const auto& signatures = block.last_commit.signatures;
    CHECK(signatures.empty() || signatures.size() == validators.size());
    out.last_commit.reserve(signatures.size());
    for (std::size_t i = 0; i < signatures.size(); ++i) {
        const Validator& validator = validators.validators()[i];
        out.last_commit.push_back({.validator = validator.address,
                                   .power = static_cast<std::uint64_t>(validator.power),
                                   .signed_block = signatures[i].flag == CommitFlag::commit});
    }
    for (const auto& evidence : block.evidence)
        out.misbehaviour.push_back(
            {.validator = evidence.vote_a.validator,
             .power = static_cast<std::uint64_t>(evidence.validator_power),
             .height = static_cast<std::uint64_t>(evidence.vote_a.height),
             .time = evidence.time,
             .total_power = static_cast<std::uint64_t>(evidence.total_power)});
    return out;
}

}  // namespace

ChainPosition genesis_position(const ChainIdentity& identity, const Hash256& app_hash) {
    ChainPosition out;
    out.last_time = identity.genesis_time;
    out.app_hash = app_hash;
    out.results_hash = ResultsHasher().root();
    out.validators = identity.validators;
    out.next_validators = identity.validators;
    out.next_validators.rotate(1);
    return out;
}

Result<ChainPosition> position_after(const ChainPosition& before, const Block& block,
                                     const BlockId& id, Commit commit,
                                     const FinalizeResponse& response) {
    ChainPosition out{.height = static_cast<std::uint64_t>(block.header.height),
                      .last_block_id = id,
                      .last_time = block.header.time,
                      .last_commit = std::move(commit),
                      .app_hash = response.app_hash,
                      .results_hash = results_hash_of(response),
                      .last_validators = before.validators,
                      .validators = before.next_validators,
                      .next_validators = before.next_validators,
                      .last_since = before.validators_since,
                      .validators_since = before.next_since,
                      .next_since = before.next_since};
    if (!response.validator_updates.empty()) {
        std::vector<Validator> changes;
        for (const auto& update : response.validator_updates)
            changes.push_back(
                make_validator(update.public_key, static_cast<std::int64_t>(update.power)));
        if (auto updated = out.next_validators.update(changes); !updated)
            return failure("block " + std::to_string(out.height) +
                           ": the application's validator updates: " + updated.error().message);
        out.next_since = out.height + 2;
    }
    out.next_validators.rotate(1);
    return out;
}

BlockTime plus_one_ms(BlockTime time) {
    time.nanos += 1'000'000;
    if (time.nanos >= 1'000'000'000) {
        time.nanos -= 1'000'000'000;
        ++time.seconds;
    }
    return time;
}

BlockContent content_of(const Block& block) {
    return {.data_hash = block.header.data_hash,
            .evidence_hash = block.header.evidence_hash,
            .last_commit = block.last_commit,
            .proposer = block.header.proposer_address};
}

Header next_header(const ChainIdentity& identity, const ChainPosition& position,
                   const BlockContent& content) {
    Header out;
    out.chain_id = identity.chain_id;
    out.height = static_cast<std::int64_t>(position.height + 1);
    out.time = position.height == 0
                   ? identity.genesis_time
                   : std::max(median_time(content.last_commit, position.last_validators),
                              plus_one_ms(position.last_time));
    out.last_block_id = position.last_block_id;
    out.last_commit_hash = content.last_commit.hash();
    out.data_hash = content.data_hash;
    out.validators_hash = position.validators.hash();
    out.next_validators_hash = position.next_validators.hash();
    out.consensus_hash = identity.block.hash();
    out.app_hash = position.app_hash;
    out.last_results_hash = position.results_hash;
    out.evidence_hash = content.evidence_hash;
    out.proposer_address = content.proposer;
    return out;
}

BlockId block_id_of(const Block& block, ByteView encoded) {
    return {.hash = block.header.hash(), .parts = part_set_header(encoded)};
}

FinalizeRequest finalize_request(const Block& block, const ValidatorSet& validators) {
    return {.height = static_cast<std::uint64_t>(block.header.height),
            .time = block.header.time,
            .hash = block.header.hash(),
            .proposer_address = block.header.proposer_address,
            .txs = block.txs,
            .attested = attested_by(block, validators)};
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

Bytes header_record_key(std::uint64_t height) {
    return record_key('h', height);
}

Bytes evidence_record_key(std::int64_t height, const ConsensusAddress& validator) {
    Bytes key = record_key('e', static_cast<std::uint64_t>(height));
    append(key, validator);
    return key;
}

void write(protobuf::Writer& out, const SnapshotNote& note) {
    out.message(1, [&](protobuf::Writer& inner) { write(inner, note.validators); });
    out.message(2, [&](protobuf::Writer& inner) { write(inner, note.next); });
}

void read(protobuf::Reader& in, SnapshotNote& note) {
    in.message(1, [&](protobuf::Reader& inner) { read(inner, note.validators); });
    in.message(2, [&](protobuf::Reader& inner) { read(inner, note.next); });
}

Bytes snapshot_note(const ChainPosition& position) {
    return encode(
        SnapshotNote{.validators = position.validators, .next = position.next_validators});
}

std::vector<EngineRecord> base_records(ChainPosition& position, const Header& header) {
    const auto same = [](const ValidatorSet& a, const ValidatorSet& b) {
        return a.hash() == b.hash();
    };
    const std::uint64_t height = position.height;
    position.last_since = height;
    position.validators_since =
        same(position.validators, position.last_validators) ? height : height + 1;
    position.next_since = same(position.next_validators, position.validators)
                              ? position.validators_since
                              : height + 2;
    const StoredOutcome outcome{.app_hash = position.app_hash,
                                .results_hash = position.results_hash,
                                .set_since = position.last_since};
    const SetsToCome sets{.validators = position.validators,
                          .next = position.next_validators,
                          .validators_since = position.validators_since,
                          .next_since = position.next_since};
    return {{header_record_key(height), encode(header)},
            {commit_record_key(height), encode(position.last_commit)},
            {outcome_record_key(height), record::encode(outcome)},
            {kSetsToComeKey, encode(sets)},
            {set_record_key(height), encode(position.last_validators)}};
}

std::vector<EngineRecord> records_of(const ChainPosition& position, const Block& block,
                                     Bytes encoded_block) {
    const StoredOutcome outcome{.app_hash = position.app_hash,
                                .results_hash = position.results_hash,
                                .set_since = position.last_since};
    const SetsToCome sets{.validators = position.validators,
                          .next = position.next_validators,
                          .validators_since = position.validators_since,
                          .next_since = position.next_since};
    std::vector<EngineRecord> out{
        {block_record_key(position.height), std::move(encoded_block)},
        {commit_record_key(position.height), encode(position.last_commit)},
        {outcome_record_key(position.height), record::encode(outcome)},
        {kSetsToComeKey, encode(sets)}};
    if (position.last_since == position.height)
        out.push_back({set_record_key(position.height), encode(position.last_validators)});
    for (const auto& evidence : block.evidence)
        out.push_back(
            {evidence_record_key(evidence.vote_a.height, evidence.vote_a.validator), Bytes{1}});
    return out;
}

Result<Header> load_header(const Application& app, std::uint64_t height) {
    if (const auto raw = app.engine_record(block_record_key(height))) {
        auto block = decode<Block>(*raw);
        if (!block) return block.error();
        return std::move(block->header);
    }
    const auto raw = app.engine_record(header_record_key(height));
    if (!raw) return missing("consensus block", height);
    return decode<Header>(*raw);
}

Result<ChainPosition> load_position(const Application& app, std::uint64_t height) {
    const auto header = load_header(app, height);
    if (!header) return header.error();
    const auto raw_commit = app.engine_record(commit_record_key(height));
    if (!raw_commit) return missing("commit", height);
    auto commit = decode<Commit>(*raw_commit);
    if (!commit) return commit.error();
    if (commit->block_id.hash != header->hash())
        return failure("the stored commit of block " + std::to_string(height) +
                       " is for another one");
    const auto outcome = load_outcome(app, height);
    if (!outcome) return outcome.error();
    auto last_validators = load_set(app, outcome->set_since);
    if (!last_validators) return last_validators.error();
    const auto raw_sets = app.engine_record(kSetsToComeKey);
    if (!raw_sets) return missing("validator set after", height);
    auto sets = decode<SetsToCome>(*raw_sets);
    if (!sets) return sets.error();
    return ChainPosition{.height = height,
                         .last_block_id = commit->block_id,
                         .last_time = header->time,
                         .last_commit = std::move(*commit),
                         .app_hash = outcome->app_hash,
                         .results_hash = outcome->results_hash,
                         .last_validators = std::move(*last_validators),
                         .validators = std::move(sets->validators),
                         .next_validators = std::move(sets->next),
                         .last_since = outcome->set_since,
                         .validators_since = sets->validators_since,
                         .next_since = sets->next_since};
}

Result<DatedValidators> load_dated_validators(const Application& app, std::uint64_t height) {
    const auto outcome = load_outcome(app, height);
    if (!outcome) return outcome.error();
    auto set = load_set(app, outcome->set_since);
    if (!set) return set.error();
    return DatedValidators{.since = outcome->set_since, .set = std::move(*set)};
}

Result<ValidatorSet> load_validators(const Application& app, std::uint64_t height) {
    auto dated = load_dated_validators(app, height);
    if (!dated) return dated.error();
    return std::move(dated->set);
}

}  // namespace assay::consensus
