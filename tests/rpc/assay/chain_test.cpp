// Proofs, ABIs and decoded transactions over the dispatcher.
#include <boost/test/unit_test.hpp>

#include "tests/support/rpc_chain.hpp"

using namespace assay;
using namespace assay::test;

namespace {

std::string quoted(ByteView bytes) {
    return '"' + to_hex0x(bytes) + '"';
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_transaction_reads_as_its_message, RpcChain) {
    const Bytes good = sign(module_address(ModuleId::bank), 0,
                            assay::abi::encode_call(bank::Transfer{.to = kBob, .amount = 5}));
    const Bytes refused =
        sign(module_address(ModuleId::market), 9, assay::abi::encode_call(Deposit{.refuse = true}));
    const Bytes plain = sign(kBob, 3);
    block({good, refused, plain});
    const auto read = [&](const Bytes& raw) {
        return ask("assay_getTransaction", "[" + quoted(keccak256(raw)) + "]");
    };
    BOOST_TEST(has(read(good), R"("module":"bank","function":"transfer","message":{"to":)" +
                                   quoted(kBob) + R"(,"amount":"5"},"height":"1")"));
    BOOST_TEST(has(read(good), R"("code":0,"codeName":"ok")"));
    BOOST_TEST(has(read(refused), R"("function":"deposit","message":{"refuse":true})"));
    BOOST_TEST(has(read(refused), R"("codeName":"wrong_state")"));
    BOOST_TEST(has(read(plain), R"("value":"3","module":null,"function":null,"message":null)"));
}

BOOST_FIXTURE_TEST_CASE(a_waiting_transaction_has_no_place_and_an_unknown_one_is_null, RpcChain) {
    const auto hash = pool.submit(sign(kBob, 3));
    BOOST_REQUIRE(hash.has_value());
    BOOST_TEST(has(ask("assay_getTransaction", "[" + quoted(*hash) + "]"),
                   R"("height":null,"index":null)"));
    BOOST_TEST(ask("assay_getTransaction", "[" + quoted(Hash256{}) + "]") == R"("result":null)");
    BOOST_TEST(has(ask("assay_getTransaction", "[]"), "missing value for required argument 0"));
}

BOOST_FIXTURE_TEST_CASE(proofs_name_height_and_root, RpcChain) {
    block({});
    const auto whole = app->store().latest();
    const Bytes account = kAccounts.key_of(alice);
    const std::string proof = ask("assay_getProof", "[" + quoted(account) + "]");
    const auto root = app->index().block(1)->header.state_root;
    BOOST_TEST(has(proof, R"({"height":"1","appHash":)" + quoted(root) + R"(,"key":)" +
                              quoted(account) + R"(,"value":)" + quoted(*whole->get(account))));
    const auto made = app->store().prove(1, account);
    BOOST_REQUIRE(made.has_value());
    BOOST_TEST(has(proof, R"("proof":)" + quoted(encode_ics23(*made))));
    BOOST_TEST(has(ask("assay_getProof", R"(["0xffff","earliest"])"), R"("value":null)"));
    for (const char* bad : {"[]", R"(["0x"])", R"(["0xz"])", R"(["0x01",{}])"})
        BOOST_TEST(has(ask("assay_getProof", bad), "-32602"), bad);
}

BOOST_FIXTURE_TEST_CASE(abis_come_by_module_or_all_together, RpcChain) {
    const std::string bank = ask("assay_getAbi", R"(["bank"])");
    BOOST_TEST(has(bank, R"({"module":"bank","address":)" + quoted(module_address(ModuleId::bank)) +
                             R"(,"abi":[)"));
    BOOST_TEST(has(bank, R"("name":"balanceOf")"));
    const std::string all = ask("assay_getAbi", "[]");
    BOOST_TEST(has(all, R"("module":"bank")"));
    BOOST_TEST(has(all, R"("module":"market")"));
    BOOST_TEST(has(ask("assay_getAbi", R"(["nobody"])"), "no module is named nobody"));
}
