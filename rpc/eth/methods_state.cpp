// Accounts, code, and calls at a height.
#include "chain/exec/ledger.hpp"
#include "rpc/eth/eth_api.hpp"

namespace assay::rpc {

namespace {

const MethodParam kAddress{.name = "address", .type = "string"};
const MethodParam kBlock{.name = "block", .type = "string", .required = false};
const MethodParam kCall{.name = "call", .type = "object"};

// 0xfe is EVM's INVALID: what no caller can run. The module's name makes it distinct.
constexpr std::uint8_t kInvalid = 0xfe;

Bytes code_of(const EthApi& api, const Address& address) {
    Bytes out;
    if (const Module* module = api.backend.registry.module_at(address)) {
        out.push_back(kInvalid);
        append(out, view_of(module->name));
    } else if (address == kMulticall3) {
        out.push_back(kInvalid);
        append(out, view_of("multicall3"));
    }
    return out;
}

// Parameter 0 and the state at the block that parameter `at` names, by default the latest.
struct AddressAt {
    Address address;
    StateAt at;
};
Rpc<AddressAt> read_address_at(const EthApi& api, const Params& params, unsigned at) {
    const auto address = params.get(0, read_address);
    if (!address) return address.error();
    const auto ref = params.get_or(at, read_block_ref, BlockRef{});
    if (!ref) return ref.error();
    auto state = api.blocks.state(*ref);
    if (!state) return state.error();
    return AddressAt{*address, std::move(*state)};
}

Outcome get_balance(const EthApi& api, Call& call, const Params& params) {
    const auto where = read_address_at(api, params, 1);
    if (!where) return where.error();
    put_quantity(call.out, ledger::balance(State(*where->at.reader), where->address));
    return Done{};
}

Outcome get_nonce(const EthApi& api, Call& call, const Params& params) {
    const auto where = read_address_at(api, params, 1);
    if (!where) return where.error();
    const std::uint64_t nonce = ledger::nonce(State(*where->at.reader), where->address);
    const auto ref = params.get_or(1, read_block_ref, BlockRef{});
    const bool pending = ref->kind == BlockRef::Kind::pending;
    put_quantity(call.out, pending ? api.backend.pool.next_nonce(where->address, nonce) : nonce);
    return Done{};
}

Outcome get_code(const EthApi& api, Call& call, const Params& params) {
    const auto where = read_address_at(api, params, 1);
    if (!where) return where.error();
    put_data(call.out, code_of(api, where->address));
    return Done{};
}

Outcome get_storage(const EthApi& api, Call& call, const Params& params) {
    const auto where = read_address_at(api, params, 2);
    if (!where) return where.error();
    put_data(call.out, Hash256{});
    return Done{};
}

struct Prepared {
    CallRequest request;
    std::unique_ptr<Caller> caller;
};
Rpc<Prepared> prepare(const EthApi& api, const Params& params) {
    auto request = params.get(0, read_call_request);
    if (!request) return request.error();
    const auto ref = params.get_or(1, read_block_ref, BlockRef{});
    if (!ref) return ref.error();
    const auto at = api.blocks.state(*ref);
    if (!at) return at.error();
    auto caller = std::make_unique<Caller>(api.backend, *at);
    if (const JsonValue* overrides = params.find(2))
        if (const auto done = caller->assume(*overrides); !done)
            return Params::bad(2, done.error().message);
    return Prepared{std::move(*request), std::move(caller)};
}

Outcome eth_call(const EthApi& api, Call& call, const Params& params) {
    const auto prepared = prepare(api, params);
    if (!prepared) return prepared.error();
    const CallResult result = prepared->caller->call(prepared->request);
    if (!result.success) return revert_error(result);
    put_data(call.out, result.data);
    return Done{};
}

Outcome estimate_gas(const EthApi& api, Call& call, const Params& params) {
    const auto prepared = prepare(api, params);
    if (!prepared) return prepared.error();
    const auto gas = prepared->caller->estimate(prepared->request);
    if (!gas) return gas.error();
    put_quantity(call.out, *gas);
    return Done{};
}

// A list computed by a client beforehand saves nothing here: it is empty.
Outcome create_access_list(const EthApi& api, Call& call, const Params& params) {
    const auto prepared = prepare(api, params);
    if (!prepared) return prepared.error();
    const auto gas = prepared->caller->estimate(prepared->request);
    if (!gas) return gas.error();
    call.out.StartObject();
    call.out.Key("accessList");
    call.out.StartArray();
    call.out.EndArray();
    put_quantity(call.out, "gasUsed", *gas);
    call.out.EndObject();
    return Done{};
}

}  // namespace

void add_state_methods(Dispatcher& dispatcher, EthApi& api) {
    const auto add = [&](const char* name, const char* summary, std::vector<MethodParam> params,
                         auto handler) {
        dispatcher.add({.name = name, .summary = summary, .params = std::move(params)},
                       [&api, handler](Call& call) -> Outcome {
                           const auto read = Params::of(call);
                           if (!read) return read.error();
                           return handler(api, call, *read);
                       });
    };
    const MethodParam slot{.name = "slot", .type = "string"};
    const MethodParam overrides{.name = "overrides", .type = "object", .required = false};
    add("eth_getBalance", "Balance", {kAddress, kBlock}, get_balance);
    add("eth_getTransactionCount", "Nonce; pending counts waiting ones", {kAddress, kBlock},
        get_nonce);
    add("eth_getCode", "Non-empty for modules, a different one for each", {kAddress, kBlock},
        get_code);
    add("eth_getStorageAt", "Zero: modules keep no storage slots", {kAddress, slot, kBlock},
        get_storage);
    add("eth_call", "Answers a view, or tries a message without keeping it",
        {kCall, kBlock, overrides}, eth_call);
    add("eth_estimateGas", "Gas that the transaction will use", {kCall, kBlock, overrides},
        estimate_gas);
    add("eth_createAccessList", "Empty list and the gas", {kCall, kBlock}, create_access_list);
}

}  // namespace assay::rpc
