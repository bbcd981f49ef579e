// Owns the trial of calls on a scratch state: views, messages, transfers and Multicall3.
#pragma once

#include "rpc/eth/blocks.hpp"

namespace assay::rpc {

// What eth_call and eth_estimateGas are given.
struct CallRequest {
    Address from;
    std::optional<Address> to;
    Amount value;
    Bytes data;
    std::optional<Amount> max_fee_per_gas;  // or gasPrice
    std::optional<std::uint64_t> gas;
    std::vector<AccessEntry> access_list;
};
// `data` and `input` are the same thing; unknown members are ignored.
Result<CallRequest> read_call_request(const JsonValue& value);

// A return value, or the ABI bytes of the refusal and its name.
struct CallResult {
    bool success = true;
    Bytes data;
    std::string refusal;
};
CallResult refused_call(TxCode code);
// With the detail that the rejection's text has beside the code's name.
CallResult refused_call(const TxRejection& rejection);
// As refused_call, where a view says why in words of its own; code 0 where no TxCode has the name.
CallResult refused_call(const std::string& why);
// {"code":3,"message":"execution reverted: <name>","data":"0x..."}.
RpcError revert_error(const std::string& refusal, ByteView data);
inline RpcError revert_error(const CallResult& result) {
    return revert_error(result.refusal, result.data);
}

// Deployed at the same address on every chain; answered natively here.
extern const Address kMulticall3;

// Runs calls one after another on one scratch state: each sees what the earlier ones wrote. Views
// answer as of the block, messages run as in the block after it, at its time.
class Caller {
  public:
    Caller(const Backend& backend, const StateAt& at);

    // Balances and nonces to assume, by address (geth's state override set). Code and storage
    // cannot be overridden here.
    Result<void> assume(const JsonValue& overrides);
    CallResult call(const CallRequest& request, unsigned depth = 0);
    // Gas that the transaction will use, or the error that geth gives.
    Rpc<std::uint64_t> estimate(const CallRequest& request);

    const BlockEnv& block() const { return block_; }
    const Hash256& block_hash() const { return header_.hash; }
    const Hash256& parent_hash() const { return header_.header.parent_hash; }
    std::uint64_t gas_limit() const { return header_.header.gas_limit; }
    const State& state() const { return state_; }

  private:
    CallResult run(const CallRequest& request, CheckedTx& tx);

    const Backend& backend_;
    std::shared_ptr<const StateReader> reader_;
    State state_;
    BlockInfo header_;
    BlockEnv block_;
};

// Multicall3's functions; `depth` bounds calls to itself.
CallResult multicall(Caller& caller, ByteView calldata, unsigned depth);

}  // namespace assay::rpc
