// What a node's answers become: values, refusals by name, and advice when nobody answers.
#include "cli/client/rpc_client.hpp"

#include <boost/test/unit_test.hpp>

#include "cli/client/secret_store.hpp"
#include "tests/cli/client/fake_node.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::cli::testing;

namespace {

const std::string kHash(64, 'a');

std::string receipt(const std::string& status) {
    return "\"result\":{\"transactionHash\":\"0x" + kHash +
           "\",\"blockNumber\":\"0x5\",\"status\":\"" + status +
           "\",\"gasUsed\":\"0x5208\",\"effectiveGasPrice\":\"0x3b9aca00\",\"logs\":[{\"address\":"
           "\"0xa55a000000000000000000000000000000000002\",\"topics\":[\"0x" +
           kHash + "\"],\"data\":\"0x01\"}]}";
}

RpcClient client(const FakeNode& node) {
    return RpcClient(*parse_endpoint(node.url()));
}

}  // namespace

BOOST_AUTO_TEST_CASE(urls_are_read_or_refused) {
    const auto plain = parse_endpoint("http://localhost:8545");
    BOOST_TEST(plain->host == "localhost");
    BOOST_TEST(plain->port == "8545");
    BOOST_TEST(plain->path == "/");
    BOOST_TEST(parse_endpoint("http://[::1]:1/x")->host == "::1");
    BOOST_TEST(parse_endpoint("http://node/rpc")->port == "80");
    for (const char* bad : {"", "localhost:8545", "https://x", "http://", "http://x:y"})
        BOOST_TEST((parse_endpoint(bad).error().code == Exit::usage), bad);
}

BOOST_AUTO_TEST_CASE(values_come_back_typed) {
    const FakeNode node(
        {{"eth_chainId", fixed("\"result\":\"0x2a\"")},
         {"eth_getBalance", fixed("\"result\":\"0xde0b6b3a7640000\"")},
         {"eth_maxPriorityFeePerGas", fixed("\"result\":\"0x1\"")},
         {"eth_feeHistory", fixed("\"result\":{\"baseFeePerGas\":[\"0x5\",\"0x7\"]}")},
         {"eth_call", fixed("\"result\":\"0x0102\"")}});
    const auto rpc = client(node);
    BOOST_TEST(*rpc.chain_id() == 42U);
    BOOST_TEST(*rpc.balance({}) == Amount(kTokenUnits));
    BOOST_TEST(rpc.fees()->base_fee == Amount(7));
    BOOST_TEST((*rpc.view({}) == Bytes{1, 2}));
}

BOOST_AUTO_TEST_CASE(refusals_are_told_from_failures) {
    const FakeNode node(
        {{"eth_estimateGas",
          fixed("\"error\":{\"code\":3,\"message\":\"execution reverted: order_full\"}")},
         {"eth_sendRawTransaction",
          fixed("\"error\":{\"code\":-32000,\"message\":\"nonce too low\"}")},
         {"eth_chainId", fixed("\"result\":42")}});
    const auto rpc = client(node);
    const auto gas = rpc.estimate_gas({});
    BOOST_TEST((gas.error().code == Exit::refused));
    BOOST_TEST(gas.error().message == "refused: order_full");
    BOOST_TEST((rpc.send(Bytes{1}).error().code == Exit::refused));
    BOOST_TEST((rpc.chain_id().error().code == Exit::failed));
    const auto missing = rpc.call("eth_nothing", "[]");
    BOOST_TEST(missing.error().rpc_code == kNoSuchMethod);
    BOOST_TEST((missing.error().code == Exit::failed));
}

BOOST_AUTO_TEST_CASE(nobody_there_is_said_with_advice) {
    std::string url;
    {
        const FakeNode node({});
        url = node.url();
    }
    const auto answer = RpcClient(*parse_endpoint(url)).chain_id();
    BOOST_TEST((answer.error().code == Exit::unreachable));
    BOOST_TEST(answer.error().message.find(url) != std::string::npos);
    BOOST_TEST(answer.error().message.find("assayd start") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(sending_waits_in_one_call_where_the_node_can) {
    const FakeNode node({{"eth_sendRawTransactionSync", fixed(receipt("0x1"))}});
    const auto got = client(node).send_and_wait(Bytes{1}, 5);
    BOOST_REQUIRE(got);
    BOOST_TEST(got->ok);
    BOOST_TEST(got->block == 5U);
    BOOST_TEST(got->logs.size() == 1U);
    BOOST_TEST(node.calls().size() == 1U);
}

BOOST_AUTO_TEST_CASE(sending_polls_where_the_node_cannot) {
    int asked = 0;
    const FakeNode node({{"eth_sendRawTransaction", fixed("\"result\":\"0x" + kHash + "\"")},
                         {"eth_getTransactionReceipt", [&](const std::string&) {
                              return ++asked < 3 ? std::string("\"result\":null") : receipt("0x1");
                          }}});
    BOOST_TEST(client(node).send_and_wait(Bytes{1}, 5)->ok);
    BOOST_TEST(asked == 3);
}

BOOST_AUTO_TEST_CASE(a_refused_transaction_is_replayed_for_its_name) {
    const FakeNode node(
        {{"eth_sendRawTransactionSync", fixed(receipt("0x0"))},
         {"eth_getTransactionByHash",
          fixed("\"result\":{\"from\":\"0x1111111111111111111111111111111111111111\",\"to\":"
                "\"0x2222222222222222222222222222222222222222\",\"value\":\"0x0\",\"input\":"
                "\"0x\"}")},
         {"eth_call", [](const std::string& params) {
              BOOST_TEST(params.find("\"0x4\"") != std::string::npos);
              return std::string(
                  "\"error\":{\"code\":3,\"message\":\"execution reverted: too_late\"}");
          }}});
    const auto got = client(node).send_and_wait(Bytes{1}, 5);
    BOOST_TEST(!got->ok);
    BOOST_TEST(got->refusal == "too_late");
}

BOOST_AUTO_TEST_CASE(quantities_are_canonical) {
    BOOST_TEST(quantity(0) == "0x0");
    BOOST_TEST(quantity(255) == "0xff");
    BOOST_TEST(quantity(Amount::max()) == "0x" + std::string(32, 'f'));
}
