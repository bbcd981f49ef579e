// Owns the questions the program asks a node, in Ethereum's JSON-RPC.
#pragma once

#include <optional>

#include "chain/codec/json.hpp"
#include "chain/types/amount.hpp"
#include "chain/types/log.hpp"
#include "cli/client/http.hpp"
#include "cli/terminal/arguments.hpp"

namespace assay::cli {

// What eth_call and eth_estimateGas take.
struct CallRequest {
    std::optional<Address> from;
    Address to;
    Amount value;
    Bytes data;
};

struct FeeHint {
    Amount base_fee;  // of the next block
    Amount tip;
};

// The outcome of a transaction in a block.
struct TxReceipt {
    Hash256 hash;
    std::uint64_t block = 0;
    bool ok = false;
    std::string refusal;  // the name of the refusal, where the node tells it
    std::uint64_t gas_used = 0;
    Amount gas_price;
    std::vector<Log> logs;
};

class RpcClient {
  public:
    explicit RpcClient(Endpoint endpoint) : endpoint_(std::move(endpoint)) {}

    // The `result` of one call; `params` is a JSON array. A refusal by the chain's rules
    // ("execution reverted: order_full", "nonce too low") is Exit::refused with its name.
    Outcome<JsonDocument> call(const std::string& method, const std::string& params,
                               std::uint32_t timeout_s = 30) const;

    Outcome<std::uint64_t> chain_id() const;
    Outcome<Amount> balance(const Address& address) const;
    Outcome<std::uint64_t> pending_nonce(const Address& address) const;
    Outcome<FeeHint> fees() const;
    Outcome<std::uint64_t> estimate_gas(const CallRequest& request) const;
    // `block` is a tag or a quantity.
    Outcome<Bytes> view(const CallRequest& request, const std::string& block = "latest") const;
    // Seconds of the latest block's header.
    Outcome<std::uint64_t> latest_time_s() const;
    // nullopt while it is not in a block.
    Outcome<std::optional<TxReceipt>> receipt(const Hash256& hash) const;
    // Returns when it is in a block: eth_sendRawTransactionSync where the node has it, else polls.
    Outcome<TxReceipt> send_and_wait(ByteView raw, std::uint32_t timeout_s) const;
    Outcome<Hash256> send(ByteView raw) const;

    const Endpoint& endpoint() const { return endpoint_; }

  private:
    Outcome<TxReceipt> with_reason(TxReceipt receipt) const;
    Outcome<TxReceipt> poll(const Hash256& hash, std::uint32_t timeout_s) const;

    Endpoint endpoint_;
};

// The code of JSON-RPC for a method that does not exist.
inline constexpr int kNoSuchMethod = -32601;

// --rpc URL, or ASSAY_RPC.
Flag rpc_flag();
Outcome<RpcClient> rpc_of(const Arguments& arguments);
// "0x..." to a number; `what` names it in the failure.
Result<Amount> quantity_of(const JsonValue& value, const std::string& what);
std::string quantity(Amount amount);

}  // namespace assay::cli
