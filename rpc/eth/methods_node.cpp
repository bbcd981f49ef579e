// net_*, web3_* and what a client asks about the node itself.
#include "chain/crypto/hash.hpp"
#include "rpc/eth/eth_api.hpp"

namespace assay::rpc {

namespace {

void put_progress(JsonWriter& out, const SyncProgress& progress) {
    out.StartObject();
    put_quantity(out, "startingBlock", progress.starting_block);
    put_quantity(out, "currentBlock", progress.current_block);
    put_quantity(out, "highestBlock", progress.highest_block);
    out.EndObject();
}

Outcome web3_sha3(Call& call) {
    const auto params = Params::of(call);
    if (!params) return params.error();
    const auto data = params->get(0, read_data);
    if (!data) return data.error();
    put_data(call.out, keccak256(*data));
    return Done{};
}

}  // namespace

void add_node_methods(Dispatcher& dispatcher, EthApi& api) {
    const auto add = [&](const char* name, const char* summary, Handler handler) {
        dispatcher.add({.name = name, .summary = summary, .params = {}}, std::move(handler));
    };
    add("eth_chainId", "EIP-155 chain id", [&api](Call& call) -> Outcome {
        put_quantity(call.out, api.backend.checker.chain_id);
        return Done{};
    });
    add("net_version", "Chain id in decimal", [&api](Call& call) -> Outcome {
        put_string(call.out, std::to_string(api.backend.checker.chain_id));
        return Done{};
    });
    add("net_listening", "True", [](Call& call) -> Outcome {
        call.out.Bool(true);
        return Done{};
    });
    add("net_peerCount", "Connected peers", [&api](Call& call) -> Outcome {
        put_quantity(call.out, api.backend.peer_count ? api.backend.peer_count() : 0);
        return Done{};
    });
    add("web3_clientVersion", "Name and version", [&api](Call& call) -> Outcome {
        put_string(call.out, api.backend.client_version);
        return Done{};
    });
    add("eth_syncing", "False, or how far the node has come", [&api](Call& call) -> Outcome {
        const auto progress =
            api.backend.syncing ? api.backend.syncing() : std::optional<SyncProgress>();
        if (progress)
            put_progress(call.out, *progress);
        else
            call.out.Bool(false);
        return Done{};
    });
    add("eth_accounts", "Empty: the node holds no keys", [](Call& call) -> Outcome {
        call.out.StartArray();
        call.out.EndArray();
        return Done{};
    });
    add("eth_blockNumber", "Newest height", [&api](Call& call) -> Outcome {
        put_quantity(call.out, api.blocks.latest());
        return Done{};
    });
    dispatcher.add({.name = "web3_sha3",
                    .summary = "Keccak-256",
                    .params = {{.name = "data", .type = "string"}}},
                   web3_sha3);
}

}  // namespace assay::rpc
