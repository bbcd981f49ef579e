// Taking transactions, with the answers that wallets match on.
#include <algorithm>

#include "rpc/eth/eth_api.hpp"

namespace assay::rpc {

namespace {

const MethodParam kRaw{.name = "transaction", .type = "string"};

RpcError rejected(const TxRejection& rejection) {
    if (!is_malformed(rejection.code)) return server_error(rejection.message);
    return revert_error(refused_call(rejection));
}

Rpc<Hash256> submit(EthApi& api, const Params& params) {
    auto raw = params.get(0, read_data);
    if (!raw) return raw.error();
    const auto hash = api.backend.pool.submit(std::move(*raw));
    if (!hash) return rejected(hash.error());
    return *hash;
}

Outcome send_raw(EthApi& api, Call& call) {
    const auto params = Params::of(call);
    if (!params) return params.error();
    const auto hash = submit(api, *params);
    if (!hash) return hash.error();
    put_data(call.out, *hash);
    return Done{};
}

Outcome send_raw_sync(EthApi& api, Call& call) {
    const auto params = Params::of(call);
    if (!params) return params.error();
    const auto timeout = params->get_or(1, read_uint, std::uint64_t{api.limits.wait_default_ms});
    if (!timeout) return timeout.error();
    const auto timeout_ms =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(*timeout, api.limits.wait_max_ms));
    const auto hash = submit(api, *params);
    if (!hash) return hash.error();
    return Deferred{[&api, hash = *hash, timeout_ms](Complete complete) {
        api.waits.wait(hash, timeout_ms, std::move(complete));
    }};
}

}  // namespace

void add_send_methods(Dispatcher& dispatcher, EthApi& api) {
    dispatcher.add({.name = "eth_sendRawTransaction",
                    .summary = "Takes a signed transaction; its hash",
                    .params = {kRaw}},
                   [&api](Call& call) { return send_raw(api, call); });
    dispatcher.add({.name = "eth_sendRawTransactionSync",
                    .summary = "Takes a signed transaction; its receipt (EIP-7966)",
                    .params = {kRaw, {.name = "timeoutMs", .type = "integer", .required = false}}},
                   [&api](Call& call) { return send_raw_sync(api, call); });
}

}  // namespace assay::rpc
