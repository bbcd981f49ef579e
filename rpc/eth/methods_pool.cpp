// txpool_*: what waits for a block.
#include "rpc/eth/eth_api.hpp"
#include "rpc/eth/json_block.hpp"

namespace assay::rpc {

namespace {

using Put = void (*)(JsonWriter&, const CheckedTx&);
using Part = std::vector<CheckedTxPtr> WaitingTxs::*;

void put_summary(JsonWriter& out, const CheckedTx& tx) {
    put_string(out, (tx.envelope.to ? to_hex0x(*tx.envelope.to) : "contract creation") + ": " +
                        to_string(tx.envelope.value) + " wei + " +
                        std::to_string(tx.envelope.gas_limit) + " gas x " +
                        to_string(tx.envelope.max_fee_per_gas) + " wei");
}

// {"<nonce>": tx, ...}, nonces in decimal as geth has them.
void put_txs(JsonWriter& out, const std::vector<CheckedTxPtr>& txs, Put put) {
    out.StartObject();
    for (const auto& tx : txs) {
        put_key(out, std::to_string(tx->envelope.nonce));
        put(out, *tx);
    }
    out.EndObject();
}

void put_part(JsonWriter& out, const std::vector<WaitingTxs>& all, Part part, Put put) {
    out.StartObject();
    for (const auto& sender : all) {
        if ((sender.*part).empty()) continue;
        put_key(out, to_hex0x(sender.sender));
        put_txs(out, sender.*part, put);
    }
    out.EndObject();
}

Outcome content(const EthApi& api, Call& call, Put put) {
    const auto all = api.backend.pool.content();
    call.out.StartObject();
    call.out.Key("pending");
    put_part(call.out, all, &WaitingTxs::pending, put);
    call.out.Key("queued");
    put_part(call.out, all, &WaitingTxs::queued, put);
    call.out.EndObject();
    return Done{};
}

Outcome content_from(const EthApi& api, Call& call) {
    const auto params = Params::of(call);
    if (!params) return params.error();
    const auto address = params->get(0, read_address);
    if (!address) return address.error();
    WaitingTxs own;
    for (auto& sender : api.backend.pool.content())
        if (sender.sender == *address) own = std::move(sender);
    call.out.StartObject();
    call.out.Key("pending");
    put_txs(call.out, own.pending, put_pending_tx);
    call.out.Key("queued");
    put_txs(call.out, own.queued, put_pending_tx);
    call.out.EndObject();
    return Done{};
}

}  // namespace

void add_pool_methods(Dispatcher& dispatcher, EthApi& api) {
    dispatcher.add({.name = "txpool_status", .summary = "Counts of what waits", .params = {}},
                   [&api](Call& call) -> Outcome {
                       const auto [pending, queued] = api.backend.pool.counts();
                       call.out.StartObject();
                       put_quantity(call.out, "pending", pending);
                       put_quantity(call.out, "queued", queued);
                       call.out.EndObject();
                       return Done{};
                   });
    dispatcher.add({.name = "txpool_content", .summary = "All that waits", .params = {}},
                   [&api](Call& call) { return content(api, call, put_pending_tx); });
    dispatcher.add({.name = "txpool_inspect", .summary = "All that waits, in words", .params = {}},
                   [&api](Call& call) { return content(api, call, put_summary); });
    dispatcher.add({.name = "txpool_contentFrom",
                    .summary = "What waits from one sender",
                    .params = {{.name = "address", .type = "string"}}},
                   [&api](Call& call) { return content_from(api, call); });
}

}  // namespace assay::rpc
