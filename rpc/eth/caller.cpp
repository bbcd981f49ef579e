// Calls on a scratch state, and how refusals read.
#include "rpc/eth/caller.hpp"

#include "chain/codec/abi_json.hpp"
#include "chain/exec/ledger.hpp"

namespace assay::rpc {

const Address kMulticall3 = *fixed_from_hex<20>("ca11bde05977b3631167028862be2a173976ca11");

namespace {

// Highest number that name_of() is asked for when a view's failure names a code.
constexpr std::uint16_t kLastCode = 999;
constexpr std::string_view kReverted = "execution reverted: ";

TxCode code_named(std::string_view name) {
    for (std::uint16_t i = 1; i <= kLastCode; ++i)
        if (name_of(static_cast<TxCode>(i)) == name) return static_cast<TxCode>(i);
    return TxCode::ok;
}

CallResult refused(std::uint16_t code, const std::string& name) {
    return {.success = false, .data = abi::encode_refused(code, name), .refusal = name};
}

BlockEnv env_of(const Backend& backend, const BlockInfo& block) {
    return {.height = block.header.number,
            .time_s = block.header.timestamp_s,
            .chain_id = backend.checker.chain_id,
            .proposer = block.header.miner,
            .hash = block.header.mix_hash,
            .base_fee = block.header.base_fee};
}

// The code's own name where the text is a code's, with or without geth's words before it.
CallResult refused_text(TxCode code, std::string_view text) {
    if (text.starts_with(kReverted)) text.remove_prefix(kReverted.size());
    return refused(static_cast<std::uint16_t>(code), std::string(text));
}

// EIP-2930 entries: nothing is warmed by them here, but they cost their gas.
Result<std::vector<AccessEntry>> read_access_list(const JsonValue& value) {
    if (!value.IsArray()) return failure("expected an array");
    std::vector<AccessEntry> out;
    for (const auto& item : value.GetArray()) {
        const JsonValue* address = item.IsObject() ? find_member(item, "address") : nullptr;
        if (address == nullptr) return failure("expected objects with an address");
        const auto read = read_address(*address);
        if (!read) return read.error();
        AccessEntry entry{.address = *read, .storage_keys = {}};
        const JsonValue* keys = find_member(item, "storageKeys");
        if (keys != nullptr && !keys->IsArray()) return failure("storageKeys: expected an array");
        for (rapidjson::SizeType i = 0; keys != nullptr && i < keys->Size(); ++i) {
            const auto key = read_hash((*keys)[i]);
            if (!key) return key.error();
            entry.storage_keys.push_back(*key);
        }
        out.push_back(std::move(entry));
    }
    return out;
}

}  // namespace

CallResult refused_call(TxCode code) {
    return refused(static_cast<std::uint16_t>(code), std::string(name_of(code)));
}

CallResult refused_call(const TxRejection& rejection) {
    return refused_text(rejection.code, rejection.message);
}

CallResult refused_call(const std::string& why) {
    return refused_text(code_named(why), why);
}

RpcError revert_error(const std::string& refusal, ByteView data) {
    return error_of(ErrorCode::reverted, std::string(kReverted) + refusal,
                    '"' + to_hex0x(data) + '"');
}

Result<CallRequest> read_call_request(const JsonValue& value) {
    if (!value.IsObject()) return failure("expected a call object");
    CallRequest out;
    std::string wrong;
    const auto read = [&](const char* name, auto reader, auto&& assign) {
        const JsonValue* member = find_member(value, name);
        if (member == nullptr || !wrong.empty()) return;
        auto got = reader(*member);
        if (got)
            assign(std::move(*got));
        else
            wrong = std::string(name) + ": " + got.error().message;
    };
    read("from", read_address, [&](const Address& from) { out.from = from; });
    read("to", read_address, [&](const Address& to) { out.to = to; });
    read("value", read_quantity, [&](Amount amount) { out.value = amount; });
    read("gas", read_uint, [&](std::uint64_t gas) { out.gas = gas; });
    read("gasPrice", read_quantity, [&](Amount price) { out.max_fee_per_gas = price; });
    read("maxFeePerGas", read_quantity, [&](Amount price) { out.max_fee_per_gas = price; });
    read("data", read_data, [&](Bytes data) { out.data = std::move(data); });
    read("input", read_data, [&](Bytes data) { out.data = std::move(data); });
    read("accessList", read_access_list,
         [&](std::vector<AccessEntry> list) { out.access_list = std::move(list); });
    if (!wrong.empty()) return failure(wrong);
    return out;
}

Caller::Caller(const Backend& backend, const StateAt& at)
    : backend_(backend),
      reader_(at.reader),
      state_(*reader_),
      header_(at.block),
      block_(env_of(backend, at.block)) {}

Result<void> Caller::assume(const JsonValue& overrides) {
    if (!overrides.IsObject()) return failure("expected an object of addresses");
    for (const auto& entry : overrides.GetObject()) {
        const auto address = read_address(entry.name);
        if (!address) return address.error();
        if (!entry.value.IsObject()) return failure("expected an object for each address");
        Account account = state_.get_or_default(kAccounts, *address);
        for (const auto& member : entry.value.GetObject()) {
            const std::string_view name = text_of(member.name);
            const auto amount = read_quantity(member.value);
            if (name != "balance" && name != "nonce")
                return failure("override of " + std::string(name) + " is not supported");
            if (!amount) return amount.error();
            if (name == "balance")
                account.balance = *amount;
            else
                account.nonce = amount->low();
        }
        state_.put(kAccounts, *address, account);
    }
    return {};
}

CallResult Caller::run(const CallRequest& request, CheckedTx& tx) {
    tx.sender = request.from;
    tx.envelope.to = request.to;
    tx.envelope.value = request.value;
    tx.envelope.data = request.data;
    tx.envelope.access_list = request.access_list;
    tx.envelope.max_fee_per_gas = request.max_fee_per_gas.value_or(Amount());
    const TxRejection rejection = backend_.checker.route(tx);
    if (!rejection.message.empty()) return refused_call(rejection);
    BlockEnv next = block_;  // no transaction can come into the block asked about any more
    next.height += 1;
    const TxCode code = backend_.executor.call(state_, next, tx);
    if (code != TxCode::ok) return refused_call(code);
    return {};
}

CallResult Caller::call(const CallRequest& request, unsigned depth) {
    if (request.to && *request.to == kMulticall3) return multicall(*this, request.data, depth);
    if (request.to) {
        if (const ViewEntry* view = backend_.registry.view(*request.to, request.data)) {
            if (!request.value.is_zero()) return refused_call(TxCode::value_not_payable);
            auto out = view->call(ByteView(request.data).subspan(4), state_, block_);
            if (!out) return refused_call(out.error().message);
            return {.success = true, .data = std::move(*out), .refusal = {}};
        }
        // An account without code answers nothing, whatever it is asked.
        if (!is_reserved(*request.to) && request.value.is_zero()) return {};
    }
    CheckedTx tx;
    CallRequest plain = request;
    if (plain.to && !is_reserved(*plain.to)) plain.data.clear();
    return run(plain, tx);
}

Rpc<std::uint64_t> Caller::estimate(const CallRequest& request) {
    const Amount balance = ledger::balance(state_, request.from);
    if (request.value > balance) return server_error("insufficient funds for transfer");
    if (request.to && backend_.registry.view(*request.to, request.data) != nullptr)
        return revert_error(refused_call(TxCode::unknown_selector));  // a view is no transaction
    CheckedTx tx;
    const CallResult result = run(request, tx);
    if (!result.success) return revert_error(result);
    if (request.gas && *request.gas < tx.gas)
        return server_error("gas required exceeds allowance (" + std::to_string(*request.gas) +
                            ")");
    if (request.max_fee_per_gas && !request.max_fee_per_gas->is_zero()) {
        const auto fee = checked_mul(*request.max_fee_per_gas, Amount(tx.gas));
        const auto cost = fee ? checked_add(*fee, request.value) : std::nullopt;
        if (!cost || *cost > balance)
            return server_error("insufficient funds for gas * price + value");
    }
    return tx.gas;
}

}  // namespace assay::rpc
