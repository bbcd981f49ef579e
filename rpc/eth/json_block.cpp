// Blocks, transactions, receipts and logs with every member that clients look for.
#include "rpc/eth/json_block.hpp"

#include "chain/codec/abi_json.hpp"
#include "chain/index/trie_root.hpp"

namespace assay::rpc {

namespace {

constexpr FixedBytes<8> kNoNonce{};

void put_access_list(JsonWriter& out, const std::vector<AccessEntry>& list) {
    out.Key("accessList");
    out.StartArray();
    for (const auto& entry : list) {
        out.StartObject();
        put_data(out, "address", entry.address);
        out.Key("storageKeys");
        out.StartArray();
        for (const auto& key : entry.storage_keys) put_data(out, key);
        out.EndArray();
        out.EndObject();
    }
    out.EndArray();
}

// Members that depend on the envelope alone.
void put_envelope(JsonWriter& out, const Envelope& tx, Amount gas_price) {
    put_quantity(out, "type", tx.type);
    if (tx.chain_id) put_quantity(out, "chainId", *tx.chain_id);
    put_quantity(out, "nonce", tx.nonce);
    put_quantity(out, "gas", tx.gas_limit);
    put_quantity(out, "gasPrice", gas_price);
    if (tx.type == 2) {
        put_quantity(out, "maxFeePerGas", tx.max_fee_per_gas);
        put_quantity(out, "maxPriorityFeePerGas", tx.max_priority_fee_per_gas);
    }
    if (tx.to)
        put_data(out, "to", *tx.to);
    else
        put_null(out, "to");
    put_quantity(out, "value", tx.value);
    put_data(out, "input", tx.data);
    if (tx.type != 0) {
        put_access_list(out, tx.access_list);
        put_quantity(out, "yParity", tx.y_parity);
    }
    put_quantity(out, "v", tx.v());
    put_key(out, "r");
    put_quantity(out, ByteView(tx.r));
    put_key(out, "s");
    put_quantity(out, ByteView(tx.s));
}

// The boundary transaction is unsigned: nothing decodes it, all of it is known.
void put_boundary(JsonWriter& out, std::uint64_t height) {
    for (const char* key : {"type", "gas", "gasPrice", "value", "v", "r", "s"})
        put_quantity(out, key, Amount());
    put_quantity(out, "nonce", height);
    put_data(out, "to", kBoundarySender);
    put_data(out, "input", {});
}

Envelope envelope_of(const StoredTx& tx) {
    auto out = decode_envelope(tx.raw);
    CHECK(out.has_value());  // it was decoded before it was stored
    return std::move(*out);
}

void put_position(JsonWriter& out, const FullBlock& block, std::size_t index) {
    put_data(out, "blockHash", block.info.hash);
    put_quantity(out, "blockNumber", block.info.header.number);
    put_quantity(out, "transactionIndex", index);
}

}  // namespace

void put_header_members(JsonWriter& out, const BlockInfo& info) {
    const EthHeader& header = info.header;
    put_quantity(out, "number", header.number);
    put_data(out, "hash", info.hash);
    put_data(out, "parentHash", header.parent_hash);
    put_data(out, "nonce", kNoNonce);
    put_data(out, "mixHash", header.mix_hash);
    put_data(out, "sha3Uncles", kEmptyUnclesHash);
    put_data(out, "logsBloom", header.logs_bloom);
    put_data(out, "transactionsRoot", header.transactions_root);
    put_data(out, "stateRoot", header.state_root);
    put_data(out, "receiptsRoot", header.receipts_root);
    put_data(out, "miner", header.miner);
    put_quantity(out, "difficulty", Amount());
    put_quantity(out, "totalDifficulty", Amount());
    put_data(out, "extraData", header.extra_data);
    put_quantity(out, "size", info.size);
    put_quantity(out, "gasLimit", header.gas_limit);
    put_quantity(out, "gasUsed", header.gas_used);
    put_quantity(out, "timestamp", header.timestamp_s);
    put_quantity(out, "baseFeePerGas", header.base_fee);
}

void put_header(JsonWriter& out, const BlockInfo& info) {
    out.StartObject();
    put_header_members(out, info);
    out.EndObject();
}

void put_block(JsonWriter& out, const FullBlock& block, TxForm form, std::uint64_t chain_id) {
    out.StartObject();
    put_header_members(out, block.info);
    out.Key("uncles");
    out.StartArray();
    out.EndArray();
    out.Key("transactions");
    out.StartArray();
    for (std::size_t i = 0; i < block.txs.size(); ++i) {
        if (form == TxForm::full)
            put_tx(out, block, i, chain_id);
        else
            put_data(out, block.txs[i].hash);
    }
    out.EndArray();
    out.EndObject();
}

void put_tx(JsonWriter& out, const FullBlock& block, std::size_t index, std::uint64_t chain_id) {
    const StoredTx& tx = block.txs[index];
    out.StartObject();
    put_position(out, block, index);
    put_data(out, "hash", tx.hash);
    put_data(out, "from", tx.sender);
    if (is_boundary_tx(tx)) {
        put_quantity(out, "chainId", chain_id);
        put_boundary(out, block.info.header.number);
    } else {
        put_envelope(out, envelope_of(tx), block.receipts[index].effective_gas_price);
    }
    out.EndObject();
}

void put_pending_tx(JsonWriter& out, const CheckedTx& tx) {
    out.StartObject();
    put_null(out, "blockHash");
    put_null(out, "blockNumber");
    put_null(out, "transactionIndex");
    put_data(out, "hash", tx.hash);
    put_data(out, "from", tx.sender);
    put_envelope(out, tx.envelope, tx.envelope.max_fee_per_gas);
    out.EndObject();
}

void put_receipt(JsonWriter& out, const FullBlock& block, std::size_t index) {
    const StoredTx& tx = block.txs[index];
    const Receipt& receipt = block.receipts[index];
    const bool boundary = is_boundary_tx(tx);
    const Envelope envelope = boundary ? Envelope{} : envelope_of(tx);
    out.StartObject();
    put_data(out, "transactionHash", tx.hash);
    put_position(out, block, index);
    put_data(out, "from", tx.sender);
    if (boundary)
        put_data(out, "to", kBoundarySender);
    else if (envelope.to)
        put_data(out, "to", *envelope.to);
    else
        put_null(out, "to");
    put_null(out, "contractAddress");
    put_quantity(out, "type", boundary ? 0 : envelope.type);
    put_quantity(out, "status", receipt.code == TxCode::ok ? 1 : 0);
    put_quantity(out, "gasUsed", receipt.gas_used);
    put_quantity(out, "cumulativeGasUsed", receipt.cumulative_gas);
    put_quantity(out, "effectiveGasPrice", receipt.effective_gas_price);
    put_data(out, "logsBloom", bloom_of(receipt.logs));
    out.Key("logs");
    out.StartArray();
    for (std::size_t i = 0; i < receipt.logs.size(); ++i) put_log(out, block, index, i);
    out.EndArray();
    if (receipt.code != TxCode::ok)
        put_data(out, "revertReason",
                 abi::encode_refused(static_cast<std::uint16_t>(receipt.code),
                                     std::string(name_of(receipt.code))));
    out.EndObject();
}

void put_log(JsonWriter& out, const FullBlock& block, std::size_t index, std::size_t log_index) {
    const Log& log = block.receipts[index].logs[log_index];
    out.StartObject();
    put_data(out, "address", log.address);
    out.Key("topics");
    out.StartArray();
    for (const auto& topic : log.topics) put_data(out, topic);
    out.EndArray();
    put_data(out, "data", log.data);
    put_position(out, block, index);
    put_data(out, "transactionHash", block.txs[index].hash);
    put_quantity(out, "logIndex", block.first_log[index] + log_index);
    put_quantity(out, "blockTimestamp", block.info.header.timestamp_s);
    out.Key("removed");
    out.Bool(false);
    out.EndObject();
}

}  // namespace assay::rpc
