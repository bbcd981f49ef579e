// What every Ethereum client relies on: nulls, error texts and codes, forms of parameters.
#include <boost/test/unit_test.hpp>

#include "rpc/eth/logs.hpp"
#include "tests/support/rpc_chain.hpp"

using namespace assay;
using namespace assay::test;

namespace {

const std::string kNull = R"("result":null)";
const std::string kUnknown = "\"0x" + std::string(64, 'e') + '"';

std::string quoted(ByteView bytes) {
    return '"' + to_hex0x(bytes) + '"';
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string error(int code, const std::string& message) {
    return R"("error":{"code":)" + std::to_string(code) + R"(,"message":")" + message + "\"}";
}

// Three blocks: a transfer, a refused message, nothing.
struct EthChain : RpcChain {
    Bytes transfer = sign(kBob, 7);
    Bytes refused =
        sign(module_address(ModuleId::market), 9, assay::abi::encode_call(Deposit{.refuse = true}));
    EthChain() {
        block({transfer});
        block({refused});
        block({});
    }
    std::string send(Envelope tx) {
        sign_envelope(tx, key);
        return ask("eth_sendRawTransaction", "[" + quoted(encode_envelope(tx)) + "]");
    }
    Envelope next() const {
        Envelope tx;
        tx.chain_id = kChain;
        tx.nonce = nonce;
        tx.max_fee_per_gas = 2'000'000'000;
        tx.gas_limit = 21'000;
        tx.to = kBob;
        tx.value = 1;
        return tx;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_is_unknown_or_to_come_is_null, EthChain) {
    for (const char* method :
         {"eth_getBlockByHash", "eth_getTransactionByHash", "eth_getTransactionReceipt",
          "eth_getBlockReceipts", "eth_getBlockTransactionCountByHash",
          "eth_getUncleCountByBlockHash"})
        BOOST_TEST(ask(method, "[" + kUnknown + "]") == kNull, method);
    for (const char* method :
         {"eth_getBlockByNumber", "eth_getBlockReceipts", "eth_getBlockTransactionCountByNumber",
          "eth_getUncleCountByBlockNumber", "erigon_getHeaderByNumber"})
        BOOST_TEST(ask(method, R"(["0x4"])") == kNull, method);
    BOOST_TEST(ask("eth_getTransactionByBlockNumberAndIndex", R"(["0x1","0x63"])") == kNull);
    BOOST_TEST(ask("eth_getUncleByBlockNumberAndIndex", R"(["0x1","0x0"])") == kNull);
}

BOOST_FIXTURE_TEST_CASE(a_waiting_transaction_has_null_position_and_no_receipt, EthChain) {
    const Bytes raw = sign(kBob, 1);
    const std::string hash = "[" + quoted(keccak256(raw)) + "]";
    BOOST_TEST(has(ask("eth_sendRawTransaction", "[" + quoted(raw) + "]"), "result"));
    const std::string found = ask("eth_getTransactionByHash", hash);
    for (const char* name : {"blockHash", "blockNumber", "transactionIndex"})
        BOOST_TEST(has(found, '"' + std::string(name) + "\":null"), name);
    BOOST_TEST(ask("eth_getTransactionReceipt", hash) == kNull);
}

BOOST_FIXTURE_TEST_CASE(blocks_are_named_by_tags_numbers_hashes_and_eip1898, EthChain) {
    const std::string bob = quoted(kBob);
    const std::string first = quoted(app->index().block(1)->hash);
    const auto balance = [&](const std::string& at) {
        return ask("eth_getBalance", "[" + bob + (at.empty() ? "" : "," + at) + "]");
    };
    for (const std::string& at :
         {std::string(), std::string("null"), std::string("\"latest\""), std::string("\"safe\""),
          std::string("\"finalized\""), std::string("\"pending\""), std::string("\"0x1\""),
          std::string("\"0x01\""), std::string("1"), first, R"({"blockHash":)" + first + "}",
          R"({"blockHash":)" + first + R"(,"requireCanonical":true})",
          std::string(R"({"blockNumber":"0x1"})"), std::string(R"({"blockNumber":1})")})
        BOOST_TEST(balance(at) == R"("result":"0x7")", at);
    BOOST_TEST(balance("\"earliest\"") == R"("result":"0x0")");
    BOOST_TEST(balance(kUnknown) == error(-32000, "header not found"));
    BOOST_TEST(balance("\"0x4\"") == error(-32000, "header not found"));
    for (const char* bad : {"\"\"", "\"0x\"", "\"newest\"", "-1", "1.5", "{}", "[]", "true",
                            R"({"blockHash":"0x12"})", R"({"blockNumber":{}})"})
        BOOST_TEST(has(balance(bad), R"("code":-32602,"message":"invalid argument 1: )"), bad);
}

BOOST_FIXTURE_TEST_CASE(addresses_are_taken_in_any_case, EthChain) {
    std::string upper = to_hex0x(kBob);
    for (std::size_t i = 2; i < upper.size(); i += 2)
        upper[i] = static_cast<char>(std::toupper(upper[i]));
    BOOST_TEST(ask("eth_getBalance", "[\"" + upper + "\"]") == R"("result":"0x7")");
    for (const char* bad : {"7", "\"0x\"", "\"b0b0000000000000000000000000000000000000\"",
                            "\"0xz0b0000000000000000000000000000000000000\"",
                            "\"0xb0b000000000000000000000000000000000000000\""})
        BOOST_TEST(has(ask("eth_getBalance", "[" + std::string(bad) + "]"),
                       R"("code":-32602,"message":"invalid argument 0: )"),
                   bad);
}

BOOST_FIXTURE_TEST_CASE(missing_params_are_named_and_never_internal, EthChain) {
    for (const auto* method : dispatcher.methods()) {
        bool required = false;
        for (const auto& param : method->params) required = required || param.required;
        for (const char* params : {"[]", "null", "[null]"}) {
            const std::string got = ask(method->name, params);
            BOOST_TEST(!has(got, "-32603"), method->name);
            if (got != kNull && required) BOOST_TEST(has(got, "-32602"), method->name + params);
        }
    }
    BOOST_TEST(ask("eth_getBalance", "[]") ==
               error(-32602, "missing value for required argument 0"));
    BOOST_TEST(ask("eth_getBalance", R"({})") == error(-32602, "non-array args"));
}

BOOST_FIXTURE_TEST_CASE(refusals_carry_code_name_and_data, EthChain) {
    const std::string call = R"([{"from":)" + quoted(alice) + R"(,"to":)" +
                             quoted(module_address(ModuleId::market)) +
                             R"(,"value":"0x1","data":)" +
                             quoted(assay::abi::encode_call(Deposit{.refuse = true})) + "}]";
    for (const char* method : {"eth_call", "eth_estimateGas"}) {
        const std::string got = ask(method, call);
        BOOST_TEST(has(got, R"("error":{"code":3,"message":"execution reverted: wrong_state",)"
                            R"("data":"0x)"),
                   method);
    }
    BOOST_TEST(has(ask("eth_getTransactionReceipt", "[" + quoted(keccak256(refused)) + "]"),
                   R"("status":"0x0")"));
    BOOST_TEST(has(ask("eth_getTransactionReceipt", "[" + quoted(keccak256(transfer)) + "]"),
                   R"("status":"0x1")"));
}

BOOST_FIXTURE_TEST_CASE(sending_is_refused_with_the_texts_wallets_match, EthChain) {
    const auto starts = [&](Envelope tx, const std::string& text) {
        const std::string got = send(std::move(tx));
        BOOST_TEST(has(got, R"("code":-32000,"message":")" + text), got);
    };
    Envelope tx = next();
    tx.nonce = 0;
    starts(tx, "nonce too low");
    tx.nonce = 1'000'000;
    starts(tx, "nonce too high");
    tx = next();
    tx.value = Amount::max();
    starts(tx, "insufficient funds for gas * price + value");
    tx = next();
    tx.gas_limit = 20'999;
    starts(tx, "intrinsic gas too low");
    tx = next();
    BOOST_TEST(has(send(tx), "result"));
    starts(tx, "already known");
    tx.value = 2;
    starts(tx, "replacement transaction underpriced");
    tx = next();
    tx.type = 0;
    tx.chain_id.reset();
    tx.max_priority_fee_per_gas = tx.max_fee_per_gas;
    starts(tx, "only replay-protected (EIP-155) transactions allowed over RPC");
}

BOOST_FIXTURE_TEST_CASE(log_ranges_are_bounded_before_they_are_read, EthChain) {
    const auto logs = [&](const std::string& filter) {
        return ask("eth_getLogs", "[" + filter + "]");
    };
    BOOST_TEST(has(logs(R"({"fromBlock":"0x0"})"), R"("result":[{)"));
    BOOST_TEST(logs(R"({"topics":[null,[]],"address":[]})") == R"("result":[])");
    BOOST_TEST(logs(R"({"fromBlock":"0x63","toBlock":"0x64"})") == R"("result":[])");
    BOOST_TEST(logs(R"({"fromBlock":"0x63"})") == R"("result":[])");
    BOOST_TEST(logs(R"({"fromBlock":"0x2","toBlock":"0x1"})") ==
               error(-32602, "invalid block range params"));
    BOOST_TEST(has(logs(R"({"blockHash":)" + kUnknown + R"(,"fromBlock":"0x0"})"), "-32602"));
    BOOST_TEST(has(logs(R"({"topics":[null,null,null,null,null]})"), "-32602"));
    std::string many = "[" + quoted(kBob);
    for (int i = 0; i < 1'000; ++i) many += "," + quoted(kBob);
    BOOST_TEST(has(logs(R"({"address":)" + many + "]}"), "exceed max address"));
}

BOOST_AUTO_TEST_CASE(a_long_log_range_is_refused_with_the_text_indexers_match) {
    EthChain chain;
    const auto found = rpc::find_logs(chain.api->backend, chain.api->blocks, rpc::LogFilter{}, 0, 3,
                                      rpc::EthLimits{.log_blocks = 3});
    BOOST_REQUIRE(!found.has_value());
    BOOST_TEST(found.error().code == -32005);
    BOOST_TEST(found.error().message == "block range too large: query exceeds max block range 3");
    BOOST_TEST(rpc::find_logs(chain.api->backend, chain.api->blocks, rpc::LogFilter{}, 0, 2,
                              rpc::EthLimits{.log_blocks = 3})
                   .has_value());
}

BOOST_FIXTURE_TEST_CASE(unknown_methods_have_geths_text, EthChain) {
    BOOST_TEST(ask("eth_sign", "[]") ==
               error(-32601, "the method eth_sign does not exist/is not available"));
}
