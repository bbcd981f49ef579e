// Transactions and receipts by hash.
#include "rpc/eth/eth_api.hpp"
#include "rpc/eth/json_block.hpp"

namespace assay::rpc {

namespace {

const MethodParam kTxHash{.name = "transactionHash", .type = "string"};

struct Found {
    FullBlockPtr block;  // nullptr where no block has it
    std::size_t index = 0;
};

Found find(const EthApi& api, const Hash256& hash) {
    const auto at = api.backend.index.locate(hash);
    if (!at) return {};
    return {api.blocks.full(at->height), at->index};
}

Outcome get_transaction(const EthApi& api, Call& call) {
    const auto params = Params::of(call);
    if (!params) return params.error();
    const auto hash = params->get(0, read_hash);
    if (!hash) return hash.error();
    if (const Found found = find(api, *hash); found.block)
        put_tx(call.out, *found.block, found.index, api.backend.checker.chain_id);
    else if (const auto waiting = api.backend.pool.find(*hash))
        put_pending_tx(call.out, *waiting);
    else
        call.out.Null();
    return Done{};
}

Outcome get_raw(const EthApi& api, Call& call) {
    const auto params = Params::of(call);
    if (!params) return params.error();
    const auto hash = params->get(0, read_hash);
    if (!hash) return hash.error();
    if (const Found found = find(api, *hash); found.block)
        put_data(call.out, found.block->txs[found.index].raw);
    else if (const auto waiting = api.backend.pool.find(*hash))
        put_data(call.out, waiting->raw);
    else
        call.out.Null();
    return Done{};
}

Outcome get_receipt(const EthApi& api, Call& call) {
    const auto params = Params::of(call);
    if (!params) return params.error();
    const auto hash = params->get(0, read_hash);
    if (!hash) return hash.error();
    if (const Found found = find(api, *hash); found.block)
        put_receipt(call.out, *found.block, found.index);
    else
        call.out.Null();
    return Done{};
}

}  // namespace

void add_tx_methods(Dispatcher& dispatcher, EthApi& api) {
    const auto add = [&](const char* name, const char* summary, auto handler) {
        dispatcher.add({.name = name, .summary = summary, .params = {kTxHash}},
                       [&api, handler](Call& call) { return handler(api, call); });
    };
    add("eth_getTransactionByHash", "Transaction, in a block or waiting", get_transaction);
    add("eth_getRawTransactionByHash", "Signed bytes", get_raw);
    add("eth_getTransactionReceipt", "Receipt", get_receipt);
}

}  // namespace assay::rpc
