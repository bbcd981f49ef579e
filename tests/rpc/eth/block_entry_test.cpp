// What clients see of a block that begins with its proposer's proof: its transactions, numbered as
// if nothing else were there.
#include <boost/test/unit_test.hpp>

#include "chain/crypto/ecvrf.hpp"
#include "tests/support/rpc_chain.hpp"

namespace assay::test {

BOOST_FIXTURE_TEST_CASE(an_entry_shifts_no_transaction, RpcChain) {
    const Bytes entry = encode_block_entry(ecvrf::prove(key, view_of("any")));
    const Bytes first = sign(kBob, 1);
    const Bytes second = sign(kBob, 2);
    block({entry, first, second});
    const std::string hash = to_hex0x(keccak256(first));
    const auto has = [](const std::string& text, const std::string& part) {
        BOOST_TEST(text.find(part) != std::string::npos, part << " is not in " << text);
    };
    has(ask("eth_getBlockTransactionCountByNumber", R"(["latest"])"), R"("0x2")");
    has(ask("eth_getBlockByNumber", R"(["latest",false])"),
        R"("transactions":[")" + hash + R"(",")" + to_hex0x(keccak256(second)) + R"("])");
    has(ask("eth_getTransactionByBlockNumberAndIndex", R"(["latest","0x0"])"), hash);
    has(ask("eth_getTransactionByBlockNumberAndIndex", R"(["latest","0x2"])"), "null");
    has(ask("eth_getTransactionReceipt", R"([")" + hash + R"("])"), R"("transactionIndex":"0x0")");
    const std::string receipts = ask("eth_getBlockReceipts", R"(["latest"])");
    has(receipts, R"("transactionIndex":"0x0")");
    has(receipts, R"("transactionIndex":"0x1")");
    BOOST_TEST(receipts.find(R"("transactionIndex":"0x2")") == std::string::npos);
    has(receipts, R"("cumulativeGasUsed":"0xa410")");  // twice 21000: the entry costs nothing
    const std::string of_entry = R"([")" + to_hex0x(keccak256(entry)) + R"("])";
    has(ask("eth_getTransactionByHash", of_entry), "null");
    has(ask("eth_getTransactionReceipt", of_entry), "null");
    has(ask("eth_sendRawTransaction", R"([")" + to_hex0x(entry) + R"("])"),
        "transaction type not supported");
}

BOOST_FIXTURE_TEST_CASE(a_block_of_an_entry_alone_is_empty, RpcChain) {
    block({encode_block_entry(ecvrf::prove(key, view_of("any")))});
    const std::string seen = ask("eth_getBlockByNumber", R"(["latest",true])");
    BOOST_TEST(seen.find(R"("transactions":[])") != std::string::npos, seen);
    BOOST_TEST(seen.find(R"("gasUsed":"0x0")") != std::string::npos, seen);
}

}  // namespace assay::test
