// Owns the JSON form of blocks, transactions, receipts and logs.
#pragma once

#include "chain/codec/envelope.hpp"
#include "rpc/eth/blocks.hpp"

namespace assay::rpc {

enum class TxForm { hashes, full };

// The members of a header without braces, so that callers may add to them.
void put_header_members(JsonWriter& out, const BlockInfo& info);
void put_header(JsonWriter& out, const BlockInfo& info);
void put_block(JsonWriter& out, const FullBlock& block, TxForm form, std::uint64_t chain_id);
// A transaction of a block.
void put_tx(JsonWriter& out, const FullBlock& block, std::size_t index, std::uint64_t chain_id);
// A waiting one: null position.
void put_pending_tx(JsonWriter& out, const CheckedTx& tx);
void put_receipt(JsonWriter& out, const FullBlock& block, std::size_t index);
void put_log(JsonWriter& out, const FullBlock& block, std::size_t index, std::size_t log);

}  // namespace assay::rpc
