// Structures field by field, in the order of CometBFT's own.
#include "rpc/comet/json_types.hpp"

#include "chain/crypto/hash.hpp"
#include "chain/crypto/rfc6962.hpp"

namespace assay::rpc::comet {

namespace {

void put_vote(JsonWriter& out, std::string_view key, const consensus::Vote& vote) {
    put_key(out, key);
    out.StartObject();
    put_number(out, "type", static_cast<std::uint8_t>(vote.type));
    put_int64(out, "height", vote.height);
    put_number(out, "round", vote.round);
    put_key(out, "block_id");
    put_block_id(out, vote.block_id);
    put_time(out, "timestamp", vote.time);
    put_hex(out, "validator_address", vote.validator);
    put_number(out, "validator_index", vote.validator_index);
    put_bytes(out, "signature", vote.signature);
    put_bytes(out, "extension", {});
    put_bytes(out, "extension_signature", {});
    out.EndObject();
}

void put_evidence(JsonWriter& out, const consensus::DuplicateVoteEvidence& evidence) {
    out.StartObject();
    put_text(out, "type", "tendermint/DuplicateVoteEvidence");
    put_key(out, "value");
    out.StartObject();
    put_vote(out, "vote_a", evidence.vote_a);
    put_vote(out, "vote_b", evidence.vote_b);
    put_int64(out, "TotalVotingPower", evidence.total_power);
    put_int64(out, "ValidatorPower", evidence.validator_power);
    put_time(out, "Timestamp", evidence.time);
    out.EndObject();
    out.EndObject();
}

void put_commit_sig(JsonWriter& out, const consensus::CommitSig& signature) {
    const bool absent = signature.flag == consensus::CommitFlag::absent;
    out.StartObject();
    put_number(out, "block_id_flag", static_cast<std::uint8_t>(signature.flag));
    put_hex(out, "validator_address", absent ? ByteView() : ByteView(signature.validator));
    put_time(out, "timestamp", signature.time);
    put_bytes(out, "signature", absent ? ByteView() : ByteView(signature.signature));
    out.EndObject();
}

void put_attributes(JsonWriter& out, const CometEvent& event) {
    put_key(out, "attributes");
    out.StartArray();
    for (const auto& attribute : event.attributes) {
        out.StartObject();
        put_text(out, "key", attribute.key);
        put_text(out, "value", attribute.value);
        put_key(out, "index");
        out.Bool(attribute.indexed);
        out.EndObject();
    }
    out.EndArray();
}

}  // namespace

void put_block_id(JsonWriter& out, const consensus::BlockId& id) {
    const auto hash = [&](const Hash256& value) {
        return id.is_nil() ? ByteView() : ByteView(value);
    };
    out.StartObject();
    put_hex(out, "hash", hash(id.hash));
    put_key(out, "parts");
    out.StartObject();
    put_number(out, "total", id.parts.total);
    put_hex(out, "hash", hash(id.parts.hash));
    out.EndObject();
    out.EndObject();
}

void put_header(JsonWriter& out, const consensus::Header& header) {
    out.StartObject();
    put_key(out, "version");
    out.StartObject();
    put_uint64(out, "block", header.version_block);
    if (header.version_app != 0) put_uint64(out, "app", header.version_app);
    out.EndObject();
    put_text(out, "chain_id", header.chain_id);
    put_int64(out, "height", header.height);
    put_time(out, "time", header.time);
    put_key(out, "last_block_id");
    put_block_id(out, header.last_block_id);
    put_hex(out, "last_commit_hash", header.last_commit_hash);
    put_hex(out, "data_hash", header.data_hash);
    put_hex(out, "validators_hash", header.validators_hash);
    put_hex(out, "next_validators_hash", header.next_validators_hash);
    put_hex(out, "consensus_hash", header.consensus_hash);
    put_hex(out, "app_hash", header.app_hash);
    put_hex(out, "last_results_hash", header.last_results_hash);
    put_hex(out, "evidence_hash", header.evidence_hash);
    put_hex(out, "proposer_address", header.proposer_address);
    out.EndObject();
}

void put_commit(JsonWriter& out, const consensus::Commit& commit) {
    out.StartObject();
    put_int64(out, "height", commit.height);
    put_number(out, "round", commit.round);
    put_key(out, "block_id");
    put_block_id(out, commit.block_id);
    put_key(out, "signatures");
    out.StartArray();
    for (const auto& signature : commit.signatures) put_commit_sig(out, signature);
    out.EndArray();
    out.EndObject();
}

void put_txs(JsonWriter& out, std::span<const Bytes> txs) {
    out.StartArray();
    for (const auto& tx : txs) put_string(out, base64_of(tx));
    out.EndArray();
}

void put_block(JsonWriter& out, const consensus::Block& block) {
    out.StartObject();
    put_key(out, "header");
    put_header(out, block.header);
    put_key(out, "data");
    out.StartObject();
    put_key(out, "txs");
    put_txs(out, block.txs);
    out.EndObject();
    put_key(out, "evidence");
    out.StartObject();
    put_key(out, "evidence");
    out.StartArray();
    for (const auto& evidence : block.evidence) put_evidence(out, evidence);
    out.EndArray();
    out.EndObject();
    put_key(out, "last_commit");
    put_commit(out, block.last_commit);
    out.EndObject();
}

void put_block_result(JsonWriter& out, const std::optional<CometBlock>& block) {
    out.StartObject();
    put_key(out, "block_id");
    put_block_id(out, block ? block->id : consensus::BlockId());
    put_key(out, "block");
    if (block)
        put_block(out, block->block);
    else
        out.Null();
    out.EndObject();
}

void put_block_meta(JsonWriter& out, const CometBlock& block) {
    out.StartObject();
    put_key(out, "block_id");
    put_block_id(out, block.id);
    put_uint64(out, "block_size", block.bytes);
    put_key(out, "header");
    put_header(out, block.block.header);
    put_uint64(out, "num_txs", block.block.txs.size());
    out.EndObject();
}

void put_public_key(JsonWriter& out, const consensus::ValidatorKey& key) {
    out.StartObject();
    put_text(out, "type", "tendermint/PubKeySecp256k1");
    put_bytes(out, "value", key);
    out.EndObject();
}

void put_validator(JsonWriter& out, const consensus::Validator& validator) {
    out.StartObject();
    put_hex(out, "address", validator.address);
    put_key(out, "pub_key");
    put_public_key(out, validator.key);
    put_int64(out, "voting_power", validator.power);
    put_int64(out, "proposer_priority", validator.priority);
    out.EndObject();
}

void put_validator_updates(JsonWriter& out, const std::vector<consensus::Validator>& updates) {
    if (updates.empty()) {
        out.Null();
        return;
    }
    out.StartArray();
    for (const auto& update : updates) {
        out.StartObject();
        put_key(out, "pub_key");
        out.StartObject();
        put_key(out, "Sum");
        out.StartObject();
        put_text(out, "type", "tendermint.crypto.PublicKey_Secp256K1");
        put_key(out, "value");
        out.StartObject();
        put_bytes(out, "secp256k1", update.key);
        out.EndObject();
        out.EndObject();
        out.EndObject();
        if (update.power != 0) put_int64(out, "power", update.power);
        out.EndObject();
    }
    out.EndArray();
}

void put_params(JsonWriter& out, const CometNode& node) {
    constexpr std::int64_t kNanos = 1'000'000'000;
    out.StartObject();
    put_key(out, "block");
    out.StartObject();
    put_int64(out, "max_bytes", node.block.max_bytes);
    put_int64(out, "max_gas", node.block.max_gas);
    out.EndObject();
    put_key(out, "evidence");
    out.StartObject();
    put_int64(out, "max_age_num_blocks", node.evidence_age_blocks);
    put_int64(out, "max_age_duration", node.evidence_age_s * kNanos);
    put_int64(out, "max_bytes", node.evidence_bytes);
    out.EndObject();
    put_key(out, "validator");
    out.StartObject();
    put_key(out, "pub_key_types");
    out.StartArray();
    put_text(out, "secp256k1");
    out.EndArray();
    out.EndObject();
    put_key(out, "version");
    out.StartObject();
    put_int64(out, "app", 0);
    out.EndObject();
    put_key(out, "abci");
    out.StartObject();
    put_int64(out, "vote_extensions_enable_height", 0);
    out.EndObject();
    out.EndObject();
}

std::string genesis_head(const CometNode& node) {
    JsonBuffer buffer;
    JsonWriter out(buffer);
    out.StartObject();
    put_time(out, "genesis_time", node.genesis_time);
    put_text(out, "chain_id", node.chain_id);
    put_int64(out, "initial_height", 1);
    put_key(out, "consensus_params");
    put_params(out, node);
    put_key(out, "validators");
    out.StartArray();
    for (const auto& validator : node.genesis_validators) {
        out.StartObject();
        put_hex(out, "address", validator.address);
        put_key(out, "pub_key");
        put_public_key(out, validator.key);
        put_int64(out, "power", validator.power);
        put_text(out, "name", "");
        out.EndObject();
    }
    out.EndArray();
    put_hex(out, "app_hash", {});
    return std::string(text_of(buffer)) + R"(,"app_state":)";
}

void put_tx_result(JsonWriter& out, const CometTxResult& result) {
    out.StartObject();
    put_number(out, "code", result.code);
    put_bytes(out, "data", result.data);
    put_text(out, "log", result.log);
    put_text(out, "info", "");
    put_int64(out, "gas_wanted", result.gas_wanted);
    put_int64(out, "gas_used", result.gas_used);
    put_key(out, "events");
    out.StartArray();
    for (const auto& event : result.events) {
        out.StartObject();
        put_text(out, "type", event.type);
        put_attributes(out, event);
        out.EndObject();
    }
    out.EndArray();
    put_text(out, "codespace", result.codespace);
    out.EndObject();
}

void put_bare_tx_result(JsonWriter& out, const CometTxResult& result) {
    out.StartObject();
    if (result.code != 0) put_number(out, "code", result.code);
    if (!result.data.empty()) put_bytes(out, "data", result.data);
    if (!result.log.empty()) put_text(out, "log", result.log);
    if (result.gas_wanted != 0) put_int64(out, "gas_wanted", result.gas_wanted);
    if (result.gas_used != 0) put_int64(out, "gas_used", result.gas_used);
    if (!result.events.empty()) {
        put_key(out, "events");
        put_events(out, result.events);
    }
    if (!result.codespace.empty()) put_text(out, "codespace", result.codespace);
    out.EndObject();
}

void put_events(JsonWriter& out, const std::vector<CometEvent>& events) {
    if (events.empty()) {
        out.Null();
        return;
    }
    out.StartArray();
    for (const auto& event : events) {
        out.StartObject();
        put_text(out, "type", event.type);
        if (!event.attributes.empty()) put_attributes(out, event);
        out.EndObject();
    }
    out.EndArray();
}

void put_tx_proof(JsonWriter& out, std::span<const Bytes> txs, std::size_t index) {
    std::vector<Hash256> leaves;
    for (const auto& tx : txs) leaves.push_back(rfc6962::leaf_hash(sha256(tx)));
    out.StartObject();
    put_hex(out, "root_hash", rfc6962::root_of_hashes(leaves));
    put_bytes(out, "data", txs[index]);
    put_key(out, "proof");
    out.StartObject();
    put_uint64(out, "total", txs.size());
    put_uint64(out, "index", index);
    put_bytes(out, "leaf_hash", leaves[index]);
    put_key(out, "aunts");
    out.StartArray();
    for (const auto& aunt : rfc6962::inclusion_path(leaves, index)) put_bytes(out, aunt);
    out.EndArray();
    out.EndObject();
    out.EndObject();
}

}  // namespace assay::rpc::comet
