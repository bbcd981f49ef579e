// Owns the JSON of CometBFT's structures, to the byte, quirks included.
#pragma once

#include <optional>
#include <span>

#include "rpc/comet/backend.hpp"
#include "rpc/comet/encoding.hpp"

namespace assay::rpc::comet {

void put_block_id(JsonWriter& out, const consensus::BlockId& id);
void put_header(JsonWriter& out, const consensus::Header& header);
void put_commit(JsonWriter& out, const consensus::Commit& commit);
void put_block(JsonWriter& out, const consensus::Block& block);
// {block_id, block}; both empty where there is none.
void put_block_result(JsonWriter& out, const std::optional<CometBlock>& block);
void put_block_meta(JsonWriter& out, const CometBlock& block);

void put_public_key(JsonWriter& out, const consensus::ValidatorKey& key);
void put_validator(JsonWriter& out, const consensus::Validator& validator);
// null for none.
void put_validator_updates(JsonWriter& out, const std::vector<consensus::Validator>& updates);
void put_params(JsonWriter& out, const CometNode& node);
// The genesis document before and after its app_state.
std::string genesis_head(const CometNode& node);
inline constexpr std::string_view kGenesisTail = "}";

// Where a result stands decides what is left out: jsonpb writes defaults, encoding/json omits them.
void put_tx_result(JsonWriter& out, const CometTxResult& result);
void put_bare_tx_result(JsonWriter& out, const CometTxResult& result);
// null for none.
void put_events(JsonWriter& out, const std::vector<CometEvent>& events);
void put_txs(JsonWriter& out, std::span<const Bytes> txs);
// {root_hash, data, proof} of one of a block's items.
void put_tx_proof(JsonWriter& out, std::span<const Bytes> txs, std::size_t index);

}  // namespace assay::rpc::comet
