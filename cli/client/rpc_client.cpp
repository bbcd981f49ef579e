// JSON-RPC calls and the reading of their answers.
#include "cli/client/rpc_client.hpp"

#include <chrono>
#include <thread>

#include "chain/crypto/hash.hpp"
#include "cli/terminal/output.hpp"

namespace assay::cli {

namespace {

const JsonValue kNull;

const JsonValue& member(const JsonValue& in, const char* name) {
    if (!in.IsObject()) return kNull;
    const auto it = in.FindMember(name);
    return it == in.MemberEnd() ? kNull : it->value;
}

std::string text_or(const JsonValue& in, const std::string& other) {
    return in.IsString() ? std::string(in.GetString(), in.GetStringLength()) : other;
}

std::string quoted(const std::string& text) {
    return "\"" + text + "\"";
}

std::string call_object(const CallRequest& request) {
    rapidjson::StringBuffer buffer;
    JsonWriter out(buffer);
    const auto put = [&](const char* name, const std::string& value) {
        out.Key(name);
        write_text(out, value);
    };
    out.StartObject();
    if (request.from) put("from", to_hex0x(*request.from));
    put("to", to_hex0x(request.to));
    if (!request.value.is_zero()) put("value", quantity(request.value));
    if (!request.data.empty()) put("data", to_hex0x(request.data));
    out.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

// The chain's own refusals: deterministic, so trying again unchanged is of no use.
bool is_refusal(int code, const std::string& message) {
    if (code == 3) return true;
    if (code != -32000) return false;
    for (const char* start : {"nonce too", "insufficient funds", "replacement transaction",
                              "already known", "intrinsic gas", "max fee per gas", "max priority",
                              "only replay-protected", "exceeds block gas", "gas limit",
                              "oversized", "invalid sender", "execution reverted", "refused"})
        if (message.starts_with(start)) return true;
    return false;
}

Problem rpc_problem(const std::string& method, const JsonValue& error) {
    const JsonValue& code = member(error, "code");
    const int number = code.IsInt() ? code.GetInt() : 0;
    std::string message = text_or(member(error, "message"), "unknown error");
    Problem out;
    out.code = is_refusal(number, message) ? Exit::refused : Exit::failed;
    if (out.code == Exit::refused) {
        constexpr std::string_view kReverted = "execution reverted: ";
        if (message.starts_with(kReverted))
            message = "refused: " + message.substr(kReverted.size());
    } else {
        message = method + ": " + message;
    }
    out.message = printable(message);
    out.rpc_code = number;
    return out;
}

Problem odd(const std::string& method) {
    return {Exit::failed, method + ": the node's answer is not what JSON-RPC promises"};
}

Outcome<std::uint64_t> small_quantity(const JsonValue& value, const std::string& what) {
    const auto number = quantity_of(value, what);
    if (!number) return number.error();
    if (number->high() != 0) return odd(what);
    return number->low();
}

template <std::size_t N>
bool read_fixed(const JsonValue& in, FixedBytes<N>& out) {
    const auto bytes = fixed_from_hex<N>(text_or(in, "-"));
    if (bytes) out = *bytes;
    return bytes.has_value();
}

Outcome<TxReceipt> receipt_of(const JsonValue& in) {
    TxReceipt out;
    const auto block = small_quantity(member(in, "blockNumber"), "blockNumber");
    const auto status = small_quantity(member(in, "status"), "status");
    const auto gas = small_quantity(member(in, "gasUsed"), "gasUsed");
    const auto price = quantity_of(member(in, "effectiveGasPrice"), "effectiveGasPrice");
    const JsonValue& logs = member(in, "logs");
    const bool good = read_fixed(member(in, "transactionHash"), out.hash) && block && status &&
                      gas && price && logs.IsArray();
    if (!good) return odd("receipt");
    out.block = *block;
    out.ok = *status == 1;
    out.gas_used = *gas;
    out.gas_price = *price;
    out.refusal = text_or(member(in, "refusal"), "");
    for (const auto& entry : logs.GetArray()) {
        Log log;
        const auto data = from_hex(text_or(member(entry, "data"), "0x"));
        const JsonValue& topics = member(entry, "topics");
        if (!data || !topics.IsArray() || !read_fixed(member(entry, "address"), log.address))
            return odd("receipt");
        log.data = *data;
        for (const auto& topic : topics.GetArray()) {
            Hash256 hash;
            if (!read_fixed(topic, hash)) return odd("receipt");
            log.topics.push_back(hash);
        }
        out.logs.push_back(std::move(log));
    }
    return out;
}

}  // namespace

Result<Amount> quantity_of(const JsonValue& value, const std::string& what) {
    const std::string text = text_or(value, "");
    if (!text.starts_with("0x")) return failure(what + ": expected a quantity from the node");
    const auto number = parse_amount(text);
    if (!number) return failure(what + ": " + number.error().message);
    return number;
}

std::string quantity(Amount amount) {
    std::string out;
    for (u128 rest = amount.raw(); rest != 0; rest >>= 4)
        out.insert(out.begin(), "0123456789abcdef"[static_cast<std::size_t>(rest & 15)]);
    return "0x" + (out.empty() ? "0" : out);
}

Outcome<JsonDocument> RpcClient::call(const std::string& method, const std::string& params,
                                      std::uint32_t timeout_s) const {
    const auto body = http_post(
        endpoint_,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}",
        timeout_s);
    if (!body) return body.error();
    auto answer = json::parse(*body);
    if (!answer || !answer->IsObject())
        return Problem{Exit::unreachable,
                       endpoint_.url + " does not speak JSON-RPC; is this a node's RPC port?"};
    if (member(*answer, "error").IsObject()) return rpc_problem(method, member(*answer, "error"));
    if (!answer->HasMember("result")) return odd(method);
    JsonDocument out;
    out.CopyFrom((*answer)["result"], out.GetAllocator());
    return Outcome<JsonDocument>(std::move(out));
}

Outcome<std::uint64_t> RpcClient::chain_id() const {
    const auto answer = call("eth_chainId", "[]");
    if (!answer) return answer.error();
    return small_quantity(*answer, "eth_chainId");
}

Outcome<Amount> RpcClient::balance(const Address& address) const {
    const auto answer = call("eth_getBalance", "[" + quoted(to_hex0x(address)) + ",\"latest\"]");
    if (!answer) return answer.error();
    const auto amount = quantity_of(*answer, "eth_getBalance");
    if (!amount) return amount.error();
    return *amount;
}

Outcome<std::uint64_t> RpcClient::pending_nonce(const Address& address) const {
    const auto answer =
        call("eth_getTransactionCount", "[" + quoted(to_hex0x(address)) + ",\"pending\"]");
    if (!answer) return answer.error();
    return small_quantity(*answer, "eth_getTransactionCount");
}

Outcome<FeeHint> RpcClient::fees() const {
    const auto tip = call("eth_maxPriorityFeePerGas", "[]");
    if (!tip) return tip.error();
    const auto history = call("eth_feeHistory", "[\"0x1\",\"latest\",[]]");
    if (!history) return history.error();
    const JsonValue& base = member(*history, "baseFeePerGas");
    if (!base.IsArray() || base.Empty()) return odd("eth_feeHistory");
    const auto base_fee = quantity_of(base[base.Size() - 1], "baseFeePerGas");
    const auto tip_fee = quantity_of(*tip, "eth_maxPriorityFeePerGas");
    if (!base_fee) return base_fee.error();
    if (!tip_fee) return tip_fee.error();
    return FeeHint{*base_fee, *tip_fee};
}

Outcome<std::uint64_t> RpcClient::estimate_gas(const CallRequest& request) const {
    const auto answer = call("eth_estimateGas", "[" + call_object(request) + "]");
    if (!answer) return answer.error();
    return small_quantity(*answer, "eth_estimateGas");
}

Outcome<Bytes> RpcClient::view(const CallRequest& request, const std::string& block) const {
    const auto answer = call("eth_call", "[" + call_object(request) + "," + quoted(block) + "]");
    if (!answer) return answer.error();
    const auto bytes = from_hex(text_or(*answer, "-"));
    if (!bytes) return odd("eth_call");
    return *bytes;
}

Outcome<std::uint64_t> RpcClient::latest_time_s() const {
    const auto answer = call("eth_getBlockByNumber", "[\"latest\",false]");
    if (!answer) return answer.error();
    return small_quantity(member(*answer, "timestamp"), "timestamp");
}

Outcome<std::optional<TxReceipt>> RpcClient::receipt(const Hash256& hash) const {
    const auto answer = call("eth_getTransactionReceipt", "[" + quoted(to_hex0x(hash)) + "]");
    if (!answer) return answer.error();
    if (answer->IsNull()) return std::optional<TxReceipt>();
    auto receipt = receipt_of(*answer);
    if (!receipt) return receipt.error();
    return std::optional<TxReceipt>(std::move(*receipt));
}

Outcome<Hash256> RpcClient::send(ByteView raw) const {
    const auto answer = call("eth_sendRawTransaction", "[" + quoted(to_hex0x(raw)) + "]");
    if (!answer) return answer.error();
    Hash256 hash;
    if (!read_fixed(*answer, hash)) return odd("eth_sendRawTransaction");
    return hash;
}

// A receipt says only that a transaction was refused; its replay on the block before says why.
Outcome<TxReceipt> RpcClient::with_reason(TxReceipt receipt) const {
    if (receipt.ok || !receipt.refusal.empty()) return receipt;
    const auto tx = call("eth_getTransactionByHash", "[" + quoted(to_hex0x(receipt.hash)) + "]");
    if (!tx || !tx->IsObject()) return receipt;
    CallRequest request;
    Address from;
    const auto value = quantity_of(member(*tx, "value"), "value");
    const auto data = from_hex(text_or(member(*tx, "input"), "-"));
    if (!read_fixed(member(*tx, "from"), from) || !read_fixed(member(*tx, "to"), request.to) ||
        !value || !data)
        return receipt;
    request.from = from;
    request.value = *value;
    request.data = *data;
    const auto replay = view(request, quantity(receipt.block - 1));
    if (!replay && replay.error().code == Exit::refused) {
        const std::string message = replay.error().message;
        constexpr std::string_view kStart = "refused: ";
        receipt.refusal = message.starts_with(kStart) ? message.substr(kStart.size()) : message;
    }
    return receipt;
}

Outcome<TxReceipt> RpcClient::poll(const Hash256& hash, std::uint32_t timeout_s) const {
    using Clock = std::chrono::steady_clock;
    const auto until = Clock::now() + std::chrono::seconds(timeout_s);
    for (;;) {
        const auto found = receipt(hash);
        if (!found) return found.error();
        if (*found) return with_reason(std::move(**found));
        if (Clock::now() > until)
            return Problem{Exit::failed,
                           to_hex0x(hash) +
                               " is not in a block yet; look again with \"assay query receipt " +
                               to_hex0x(hash) + "\""};
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

Outcome<TxReceipt> RpcClient::send_and_wait(ByteView raw, std::uint32_t timeout_s) const {
    const std::string params =
        "[" + quoted(to_hex0x(raw)) + "," + std::to_string(timeout_s * 1'000ULL) + "]";
    const auto answer = call("eth_sendRawTransactionSync", params, timeout_s + 5);
    if (answer) {
        auto receipt = receipt_of(*answer);
        if (!receipt) return receipt.error();
        return with_reason(std::move(*receipt));
    }
    constexpr int kStillPending = 4;  // EIP-7966: accepted, but not in a block in time
    const int code = answer.error().rpc_code;
    if (code == kStillPending) return poll(keccak256(raw), timeout_s);
    if (code != kNoSuchMethod) return answer.error();
    const auto hash = send(raw);
    if (!hash) return hash.error();
    return poll(*hash, timeout_s);
}

Flag rpc_flag() {
    return {"rpc", "URL", "the node to ask", "http://127.0.0.1:8545", "ASSAY_RPC"};
}

Outcome<RpcClient> rpc_of(const Arguments& arguments) {
    const auto endpoint = parse_endpoint(arguments.text("rpc"));
    if (!endpoint) return endpoint.error();
    return RpcClient(*endpoint);
}

}  // namespace assay::cli
