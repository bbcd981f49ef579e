// Blocks, their receipts and counts; uncles, of which there are none.
#include "rpc/eth/eth_api.hpp"
#include "rpc/eth/json_block.hpp"

namespace assay::rpc {

namespace {

const MethodParam kBlock{.name = "block", .type = "string"};
const MethodParam kHash{.name = "blockHash", .type = "string"};
const MethodParam kIndex{.name = "index", .type = "string"};

// The block that parameter 0 names; nullptr for an unknown or future one.
Rpc<FullBlockPtr> block_at(const EthApi& api, const Params& params, bool by_hash) {
    if (by_hash)
        if (const auto hash = params.get(0, read_hash); !hash) return hash.error();
    const auto ref = params.get(0, read_block_ref);
    if (!ref) return ref.error();
    const auto height = api.blocks.height_of(*ref);
    if (!height) return FullBlockPtr();
    return api.blocks.full(*height);
}

// Adds a method whose answer about a block is written by `put`, and null without the block.
template <class Put>
void add(Dispatcher& dispatcher, EthApi& api, Method method, Put put) {
    const bool by_hash = method.params[0].name == kHash.name;
    dispatcher.add(std::move(method), [&api, put, by_hash](Call& call) -> Outcome {
        const auto params = Params::of(call);
        if (!params) return params.error();
        const auto block = block_at(api, *params, by_hash);
        if (!block) return block.error();
        if (*block) return put(api, call, *params, **block);
        call.out.Null();
        return Done{};
    });
}

Outcome get_block(const EthApi& api, Call& call, const Params& params, const FullBlock& block) {
    const auto full = params.get_or(1, read_bool, false);
    if (!full) return full.error();
    put_block(call.out, block, *full ? TxForm::full : TxForm::hashes, api.backend.checker.chain_id);
    return Done{};
}

Outcome get_receipts(const EthApi&, Call& call, const Params&, const FullBlock& block) {
    call.out.StartArray();
    for (std::size_t i = 0; i < block.txs.size(); ++i) put_receipt(call.out, block, i);
    call.out.EndArray();
    return Done{};
}

Outcome get_count(const EthApi&, Call& call, const Params&, const FullBlock& block) {
    put_quantity(call.out, block.txs.size());
    return Done{};
}

Outcome get_uncle_count(const EthApi&, Call& call, const Params&, const FullBlock&) {
    put_quantity(call.out, Amount());
    return Done{};
}

Outcome get_tx(const EthApi& api, Call& call, const Params& params, const FullBlock& block) {
    const auto index = params.get(1, read_uint);
    if (!index) return index.error();
    if (*index < block.txs.size())
        put_tx(call.out, block, *index, api.backend.checker.chain_id);
    else
        call.out.Null();
    return Done{};
}

Outcome get_header(const EthApi&, Call& call, const Params&, const FullBlock& block) {
    put_header(call.out, block.info);
    return Done{};
}

Outcome no_uncle(Call& call) {
    call.out.Null();
    return Done{};
}

}  // namespace

void add_block_methods(Dispatcher& dispatcher, EthApi& api) {
    const MethodParam full{.name = "fullTransactions", .type = "boolean", .required = false};
    add(dispatcher, api,
        {.name = "eth_getBlockByNumber", .summary = "Block", .params = {kBlock, full}}, get_block);
    add(dispatcher, api,
        {.name = "eth_getBlockByHash", .summary = "Block", .params = {kHash, full}}, get_block);
    add(dispatcher, api,
        {.name = "eth_getBlockReceipts", .summary = "All receipts of a block", .params = {kBlock}},
        get_receipts);
    add(dispatcher, api,
        {.name = "eth_getBlockTransactionCountByNumber", .summary = "Count", .params = {kBlock}},
        get_count);
    add(dispatcher, api,
        {.name = "eth_getBlockTransactionCountByHash", .summary = "Count", .params = {kHash}},
        get_count);
    add(dispatcher, api,
        {.name = "eth_getTransactionByBlockNumberAndIndex",
         .summary = "Transaction",
         .params = {kBlock, kIndex}},
        get_tx);
    add(dispatcher, api,
        {.name = "eth_getTransactionByBlockHashAndIndex",
         .summary = "Transaction",
         .params = {kHash, kIndex}},
        get_tx);
    add(dispatcher, api,
        {.name = "eth_getUncleCountByBlockNumber", .summary = "0x0", .params = {kBlock}},
        get_uncle_count);
    add(dispatcher, api,
        {.name = "eth_getUncleCountByBlockHash", .summary = "0x0", .params = {kHash}},
        get_uncle_count);
    add(dispatcher, api,
        {.name = "erigon_getHeaderByNumber", .summary = "Header", .params = {kBlock}}, get_header);
    dispatcher.add({.name = "eth_getUncleByBlockNumberAndIndex",
                    .summary = "null",
                    .params = {kBlock, kIndex}},
                   no_uncle);
    dispatcher.add(
        {.name = "eth_getUncleByBlockHashAndIndex", .summary = "null", .params = {kHash, kIndex}},
        no_uncle);
}

}  // namespace assay::rpc
