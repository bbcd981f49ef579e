// CometBFT's own JSON, to the byte.
#include <boost/test/unit_test.hpp>

#include "chain/crypto/hash.hpp"
#include "rpc/comet/comet_api.hpp"
#include "rpc/comet/json_types.hpp"
#include "tests/support/vectors.hpp"

using namespace assay;
using namespace assay::rpc;
using namespace assay::rpc::comet;

namespace {

struct Vectors {
    JsonDocument all = test::load_vectors("comet_rpc/vectors");

    const rapidjson::Value& find(const std::string& name) const {
        for (const auto& vector : all.GetArray())
            if (test::text_at(vector, "name") == name) return vector;
        throw std::runtime_error("no vector " + name);
    }
    std::string json(const std::string& name) const { return test::text_at(find(name), "json"); }
    template <class T>
    T decoded(const std::string& name) const {
        return *consensus::decode<T>(test::bytes_at(find(name), "proto"));
    }
};

template <class Put>
std::string written(Put put) {
    JsonBuffer buffer;
    JsonWriter out(buffer);
    put(out);
    return std::string(text_of(buffer));
}

Hash256 hash(const std::string& text) {
    return sha256(view_of(text));
}

consensus::BlockId block_id(const std::string& name) {
    return {.hash = hash(name), .parts = {.total = 3, .hash = hash(name + "/parts")}};
}

CometTxResult refused_result() {
    return {.code = 201,
            .data = {1, 2},
            .log = "a <name> & more",
            .gas_wanted = 60'000,
            .gas_used = 21'000,
            .events = {{"log", {{"address", "0x00", true}, {"data", "", false}}}, {"bare", {}}},
            .codespace = "assay"};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(comet_encoding, Vectors)

BOOST_AUTO_TEST_CASE(blocks_are_written_as_cometbft_writes_them) {
    for (const char* name : {"block", "first block"}) {
        const auto block = decoded<consensus::Block>(name);
        BOOST_TEST(written([&](JsonWriter& out) { put_block(out, block); }) == json(name));
    }
    const CometBlock stored{
        .id = block_id("seven"), .bytes = 1'234, .block = decoded<consensus::Block>("first block")};
    BOOST_TEST(written([&](JsonWriter& out) { put_block_result(out, stored); }) ==
               json("block result"));
    BOOST_TEST(written([&](JsonWriter& out) { put_block_result(out, std::nullopt); }) ==
               json("block result, unknown"));
    const CometBlock full{
        .id = block_id("seven"), .bytes = 1'234, .block = decoded<consensus::Block>("block")};
    BOOST_TEST(R"({"last_height":"9","block_metas":[)" +
                   written([&](JsonWriter& out) { put_block_meta(out, full); }) + "]}" ==
               json("blockchain result"));
}

BOOST_AUTO_TEST_CASE(headers_and_commits) {
    const auto header = decoded<consensus::Header>("header result");
    const std::string header_text = written([&](JsonWriter& out) { put_header(out, header); });
    BOOST_TEST(R"({"header":)" + header_text + "}" == json("header result"));
    const auto commit = decoded<consensus::Commit>("commit result");
    BOOST_TEST(R"({"signed_header":{"header":)" + header_text + R"(,"commit":)" +
                   written([&](JsonWriter& out) { put_commit(out, commit); }) +
                   R"(},"canonical":true})" ==
               json("commit result"));
}

BOOST_AUTO_TEST_CASE(validators_parameters_and_genesis) {
    const auto validator = decoded<consensus::Validator>("validator");
    const std::string text = written([&](JsonWriter& out) { put_validator(out, validator); });
    BOOST_TEST(text == json("validator"));
    CometNode node;
    node.chain_id = "assay-31337-1";
    node.block = {.max_bytes = 16'777'216, .max_gas = 60'000'000};
    node.evidence_age_blocks = 100'000;
    node.evidence_age_s = 172'800;
    node.evidence_bytes = 65'536;
    node.genesis_time = {1'700'000'000, 0};
    node.genesis_validators = {validator};
    BOOST_TEST(R"({"block_height":"5","consensus_params":)" +
                   written([&](JsonWriter& out) { put_params(out, node); }) + "}" ==
               json("consensus params result"));
    BOOST_TEST(R"({"genesis":)" + genesis_head(node) + R"({"chainId":"31337"})" +
                   std::string(kGenesisTail) + "}" ==
               json("genesis result"));
}

BOOST_AUTO_TEST_CASE(results_differ_by_where_they_stand) {
    const auto put = [](const CometTxResult& result) {
        return written([&](JsonWriter& out) { put_tx_result(out, result); });
    };
    BOOST_TEST(put({}) == json("tx result, empty"));
    BOOST_TEST(put(refused_result()) == json("tx result"));
    BOOST_TEST(put({.code = 1, .log = "no", .gas_wanted = 60'000, .codespace = "assay"}) ==
               json("check tx"));
    BOOST_TEST(commit_result({}, refused_result(), hash("a"), 7) == json("broadcast commit"));
    auto update = decoded<consensus::Validator>("validator");
    update.power = 12;
    auto removal = update;
    removal.power = 0;
    const std::string results = json("block results");
    const auto contains = [&](const std::string& part) {
        return results.find(part) != std::string::npos;
    };
    BOOST_TEST(contains(R"("finalize_block_events":)" + written([&](JsonWriter& out) {
                            put_events(out, refused_result().events);
                        })));
    BOOST_TEST(contains(R"("validator_updates":)" + written([&](JsonWriter& out) {
                            put_validator_updates(out, {update, removal});
                        })));
}

BOOST_AUTO_TEST_CASE(transactions_with_their_proofs) {
    const auto full = [](std::vector<std::string> texts, CometTxResult result, std::size_t at) {
        FullBlock out;
        out.block.block.header.height = 7;
        for (const auto& text : texts) {
            out.block.block.txs.push_back(to_bytes(view_of(text)));
            out.outcome.results.emplace_back();
        }
        out.outcome.results[at] = std::move(result);
        return out;
    };
    const FullBlock three = full({"a transaction", "b", "c"}, refused_result(), 1);
    BOOST_TEST(written([&](JsonWriter& out) { put_tx(out, three, 1, false); }) == json("tx"));
    BOOST_TEST(written([&](JsonWriter& out) { put_tx(out, three, 1, true); }) ==
               json("tx, proven"));
    const FullBlock one = full({"alone"}, {}, 0);
    BOOST_TEST(written([&](JsonWriter& out) { put_tx(out, one, 0, true); }) ==
               json("tx, proven alone"));
}

BOOST_AUTO_TEST_CASE(plain_values) {
    BOOST_TEST(rfc3339({0, 0}) == "1970-01-01T00:00:00Z");
    BOOST_TEST(rfc3339({1'700'000'005, 120'000'000}) == "2023-11-14T22:13:25.12Z");
    BOOST_TEST(rfc3339({-62'135'596'800, 0}) == "0001-01-01T00:00:00Z");
    for (const char* text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) {
        const Bytes data = to_bytes(view_of(text));
        BOOST_TEST((from_base64(base64_of(data)) == data));
    }
    BOOST_TEST(base64_of(view_of("fooba")) == "Zm9vYmE=");
    for (const char* bad : {"Zg", "Zg=", "Z===", "Zg==Zg==", "Z*==", "===="})
        BOOST_TEST(!from_base64(bad).has_value());
    const auto text = [](std::string_view given) {
        return written([&](JsonWriter& out) { put_text(out, given); });
    };
    BOOST_TEST(text("a\"\\\n\x01<>&\xe2\x80\xa8é") ==
               R"("a\"\\\n\u0001\u003c\u003e\u0026\u2028é")");
}

BOOST_AUTO_TEST_SUITE_END()
