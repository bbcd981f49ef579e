// Multicall3 (github.com/mds1/multicall3): many calls in one, as wallets and libraries batch reads.
#include "chain/codec/abi.hpp"
#include "chain/exec/ledger.hpp"
#include "rpc/eth/caller.hpp"

namespace assay::rpc {

namespace multicall3 {

struct PlainCall {
    Address target;
    Bytes call_data;
};
BOOST_DESCRIBE_STRUCT(PlainCall, (), (target, call_data))
struct Call3 {
    Address target;
    bool allow_failure = false;
    Bytes call_data;
};
BOOST_DESCRIBE_STRUCT(Call3, (), (target, allow_failure, call_data))
struct Call3Value {
    Address target;
    bool allow_failure = false;
    Amount value;
    Bytes call_data;
};
BOOST_DESCRIBE_STRUCT(Call3Value, (), (target, allow_failure, value, call_data))
struct CallOutcome {
    bool success = false;
    Bytes return_data;
};
BOOST_DESCRIBE_STRUCT(CallOutcome, (), (success, return_data))

struct Aggregate {
    std::vector<PlainCall> calls;
};
BOOST_DESCRIBE_STRUCT(Aggregate, (), (calls))
struct Aggregate3 {
    std::vector<Call3> calls;
};
BOOST_DESCRIBE_STRUCT(Aggregate3, (), (calls))
struct Aggregate3Value {
    std::vector<Call3Value> calls;
};
BOOST_DESCRIBE_STRUCT(Aggregate3Value, (), (calls))
struct TryAggregate {
    bool require_success = false;
    std::vector<PlainCall> calls;
};
BOOST_DESCRIBE_STRUCT(TryAggregate, (), (require_success, calls))
struct BlockAndAggregate {
    std::vector<PlainCall> calls;
};
BOOST_DESCRIBE_STRUCT(BlockAndAggregate, (), (calls))
struct TryBlockAndAggregate {
    bool require_success = false;
    std::vector<PlainCall> calls;
};
BOOST_DESCRIBE_STRUCT(TryBlockAndAggregate, (), (require_success, calls))
struct GetEthBalance {
    Address addr;
};
BOOST_DESCRIBE_STRUCT(GetEthBalance, (), (addr))

struct AggregateReturn {
    std::uint64_t block_number = 0;
    std::vector<Bytes> return_data;
};
BOOST_DESCRIBE_STRUCT(AggregateReturn, (), (block_number, return_data))
struct BlockReturn {
    std::uint64_t block_number = 0;
    Hash256 block_hash;
    std::vector<CallOutcome> return_data;
};
BOOST_DESCRIBE_STRUCT(BlockReturn, (), (block_number, block_hash, return_data))

}  // namespace multicall3

namespace {

using namespace multicall3;

constexpr unsigned kMaxDepth = 3;         // a multicall inside a multicall, and once more
constexpr std::size_t kMaxCalls = 2'000;  // of one level

// Runs the calls; a failure that is not allowed ends them and is returned.
struct Batch {
    Caller& caller;
    unsigned depth;
    std::vector<CallOutcome> outcomes;
    std::optional<CallResult> failed;

    void add(const Address& target, Bytes data, Amount value, bool allow_failure) {
        if (failed) return;
        CallRequest request;
        request.from = kMulticall3;
        request.to = target;
        request.value = value;
        request.data = std::move(data);
        CallResult result = caller.call(request, depth + 1);
        if (!result.success && !allow_failure) {
            failed = refused_call("Multicall3: call failed");
            return;
        }
        outcomes.push_back({.success = result.success, .return_data = std::move(result.data)});
    }
};

CallResult returned(Bytes data) {
    return {.success = true, .data = std::move(data), .refusal = {}};
}

template <class T>
CallResult answer(const T& value) {
    return returned(abi::encode_return(value));
}

// Decodes the arguments of M, runs its calls and lets `finish` form the answer.
template <class M, class Finish>
CallResult aggregate(Caller& caller, ByteView arguments, unsigned depth, Finish finish) {
    auto message = abi::decode<M>(arguments);
    if (!message) return refused_call(TxCode::malformed_calldata);
    if (message->calls.size() > kMaxCalls) return refused_call(TxCode::batch_too_large);
    Batch batch{.caller = caller, .depth = depth, .outcomes = {}, .failed = {}};
    for (auto& call : message->calls) {
        bool allow = false;
        Amount value;
        if constexpr (requires { call.allow_failure; }) allow = call.allow_failure;
        if constexpr (requires { call.value; }) value = call.value;
        if constexpr (requires { message->require_success; }) allow = !message->require_success;
        batch.add(call.target, std::move(call.call_data), value, allow);
    }
    if (batch.failed) return *batch.failed;
    return finish(std::move(batch.outcomes));
}

template <class M>
bool is(ByteView selector) {
    static const FixedBytes<4> own = abi::function_of<M>(false).selector;
    return std::equal(selector.begin(), selector.end(), own.begin());
}

bool is_named(ByteView selector, const char* signature) {
    const FixedBytes<4> own = abi::selector_of(signature);
    return std::equal(selector.begin(), selector.end(), own.begin());
}

CallResult environment(const Caller& caller, ByteView selector, ByteView arguments) {
    const BlockEnv& block = caller.block();
    if (is<GetEthBalance>(selector)) {
        const auto of = abi::decode<GetEthBalance>(arguments);
        if (!of) return refused_call(TxCode::malformed_calldata);
        return answer(ledger::balance(caller.state(), of->addr));
    }
    if (is_named(selector, "getBlockNumber()")) return answer(block.height);
    if (is_named(selector, "getCurrentBlockTimestamp()")) return answer(block.time_s);
    if (is_named(selector, "getChainId()")) return answer(block.chain_id);
    if (is_named(selector, "getBasefee()")) return answer(block.base_fee);
    if (is_named(selector, "getCurrentBlockCoinbase()")) return answer(block.proposer);
    if (is_named(selector, "getCurrentBlockDifficulty()")) return answer(std::uint64_t{0});
    if (is_named(selector, "getCurrentBlockGasLimit()")) return answer(caller.gas_limit());
    if (is_named(selector, "getLastBlockHash()")) return answer(caller.parent_hash());
    return refused_call(TxCode::unknown_selector);
}

}  // namespace

CallResult multicall(Caller& caller, ByteView calldata, unsigned depth) {
    if (depth >= kMaxDepth) return refused_call(TxCode::batch_too_large);
    if (calldata.size() < 4) return refused_call(TxCode::unknown_selector);
    const ByteView selector = calldata.first(4);
    const ByteView arguments = calldata.subspan(4);
    const auto outcomes = [](std::vector<CallOutcome> all) { return answer(all); };
    const auto with_block = [&](std::vector<CallOutcome> all) {
        return answer(BlockReturn{.block_number = caller.block().height,
                                  .block_hash = caller.block_hash(),
                                  .return_data = std::move(all)});
    };
    const auto bare = [&](std::vector<CallOutcome> all) {
        AggregateReturn out{.block_number = caller.block().height, .return_data = {}};
        for (auto& outcome : all) out.return_data.push_back(std::move(outcome.return_data));
        return answer(out);
    };
    if (is<Aggregate3>(selector)) return aggregate<Aggregate3>(caller, arguments, depth, outcomes);
    if (is<Aggregate3Value>(selector))
        return aggregate<Aggregate3Value>(caller, arguments, depth, outcomes);
    if (is<TryAggregate>(selector))
        return aggregate<TryAggregate>(caller, arguments, depth, outcomes);
    if (is<Aggregate>(selector)) return aggregate<Aggregate>(caller, arguments, depth, bare);
    if (is<BlockAndAggregate>(selector))
        return aggregate<BlockAndAggregate>(caller, arguments, depth, with_block);
    if (is<TryBlockAndAggregate>(selector))
        return aggregate<TryBlockAndAggregate>(caller, arguments, depth, with_block);
    return environment(caller, selector, arguments);
}

}  // namespace assay::rpc
