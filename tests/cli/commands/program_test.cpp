// The program as a person or a script meets it: commands, exit codes, output in both forms.
#include "tests/cli/commands/program.hpp"

#include "chain/state/proof.hpp"
#include "cli/commands/catalog.hpp"
#include "cli/terminal/files.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::cli::testing;

BOOST_AUTO_TEST_CASE(every_command_explains_itself) {
    for (const char* line : {"keys", "items", "order", "submit", "dispute", "juror", "rewards",
                             "dataset", "tx", "query", "transfer", "demo"})
        BOOST_TEST(run({line, "--help"}).code == 0, line);
    for (const auto& module : catalog().modules())
        for (const auto& entry : module.messages) {
            const Ran ran =
                run({"tx", "send", std::string(module.name), kebab(entry.function.name), "--help"});
            BOOST_TEST(ran.code == 0);
            BOOST_TEST(ran.out.find("Examples:") != std::string::npos);
            BOOST_TEST(
                run({"tx", "send", std::string(module.name), entry.function.name, "--help"}).code ==
                0);
        }
}

BOOST_FIXTURE_TEST_CASE(a_transfer_is_priced_signed_and_told, Home) {
    std::string raw;
    const FakeNode node(sending(raw, "0x1"));
    const Ran ran = run({"transfer", kBob, "1.5assay", "--rpc", node.url(), "--yes", "--json"});
    BOOST_TEST(ran.code == 0);
    BOOST_TEST(ran.err == "");
    const auto json = ran.json();
    BOOST_TEST(std::string(json["block"].GetString()) == "16");
    const auto envelope = decode_envelope(*from_hex(raw));
    BOOST_REQUIRE(envelope);
    BOOST_TEST(*envelope->chain_id == 31'337U);
    BOOST_TEST(envelope->nonce == 9U);
    BOOST_TEST(envelope->gas_limit == 21'000U);
    BOOST_TEST(envelope->max_fee_per_gas == Amount(3'000'000'000));
    BOOST_TEST(envelope->value == Amount(1'500'000'000'000'000'000));
    BOOST_TEST((*sender_of(*envelope) == alice.address));
    const Ran shown = run({"transfer", kBob, "1.5assay", "--rpc", node.url(), "--yes"});
    BOOST_TEST(shown.err.find("locks or pays  1.5 assay") != std::string::npos);
    BOOST_TEST(shown.err.find("fee at most    0.000063 assay (21000 gas at up to 3 gwei)") !=
               std::string::npos);
    BOOST_TEST(shown.out.find("fee paid     0.000042 assay") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_refusal_is_exit_code_three_with_its_name, Home) {
    std::string raw;
    const FakeNode node(sending(raw, "0x0"));
    const Ran late = run({"transfer", kBob, "1assay", "--rpc", node.url(), "--yes"});
    BOOST_TEST(late.code == 3);
    BOOST_TEST(late.err.find("refused in block 16: order_full") != std::string::npos);
    const Ran poor = run({"transfer", kBob, "11assay", "--rpc", node.url(), "--yes"});
    BOOST_TEST(poor.code == 3);
    BOOST_TEST(poor.err.find("insufficient funds") != std::string::npos);
    auto answers = sending(raw, "0x1");
    answers["eth_estimateGas"] =
        fixed("\"error\":{\"code\":3,\"message\":\"execution reverted: self_transfer\"}");
    const FakeNode wary(std::move(answers));
    const Ran early = run({"transfer", kBob, "1assay", "--rpc", wary.url(), "--yes"});
    BOOST_TEST(early.code == 3);
    BOOST_TEST(early.err ==
               "assay: refused: self_transfer\nSender and receiver are the same account.\n");
}

BOOST_FIXTURE_TEST_CASE(a_dry_run_signs_and_sends_nothing, Home) {
    std::string raw;
    const FakeNode node(sending(raw, "0x1"));
    setenv("ASSAY_PASSWORD", "wrong", 1);
    const Ran ran = run({"transfer", kBob, "1assay", "--rpc", node.url(), "--dry-run"});
    BOOST_TEST(ran.code == 0);
    BOOST_TEST(raw.empty());
    BOOST_TEST(ran.out.starts_with("dry run"));
    const Ran real = run({"transfer", kBob, "1assay", "--rpc", node.url(), "--yes"});
    BOOST_TEST(real.code == 1);
    BOOST_TEST(real.err.find("wrong password") != std::string::npos);
    BOOST_TEST(raw.empty());
}

BOOST_FIXTURE_TEST_CASE(generated_commands_send_their_message, Home) {
    std::string raw;
    const FakeNode node(sending(raw, "0x1"));
    const std::vector<std::string> line = {"tx", "send",  "bank",     "transfer", "--to",
                                           kBob, "--rpc", node.url(), "--yes",    "--json"};
    auto with_amount = line;
    with_amount.insert(with_amount.end(), {"--amount", "2gwei"});
    BOOST_TEST(run(with_amount).code == 0);
    const auto read = run({"tx", "decode", raw, "--json"}).json();
    BOOST_TEST(std::string(read["module"].GetString()) == "bank");
    BOOST_TEST(std::string(read["message"].GetString()) == "transfer");
    BOOST_TEST(std::string(read["fields"]["amount"].GetString()) == "2000000000");
    BOOST_TEST(run(line).code == 2);
    BOOST_TEST(run(line).err.find("missing: --amount") != std::string::npos);
    auto wrong = line;
    wrong.insert(wrong.end(), {"--amont", "1"});
    BOOST_TEST(run(wrong).err.find("did you mean --amount?") != std::string::npos);
    const auto file = folder / "fields.json";
    std::ofstream(file) << "{\"amount\":\"7\"}";
    auto from_file = line;
    from_file.insert(from_file.end(), {"--fields", file.string()});
    BOOST_TEST(run(from_file).code == 0);
}

BOOST_AUTO_TEST_CASE(raw_transactions_decode_as_ethers_wrote_them) {
    const auto text = read_text_file("tests/vectors/envelope.json");
    BOOST_REQUIRE(text);
    const auto file = json::parse(*text);
    std::size_t checked = 0;
    for (const auto& one : (*file)["cases"].GetArray()) {
        const Ran ran = run({"tx", "decode", one["raw"].GetString(), "--json"});
        if (ran.code != 0) {
            // Calldata that reaches a module by chance and is no message of it.
            BOOST_TEST(ran.err.find("malformed") != std::string::npos);
            continue;
        }
        const auto read = ran.json();
        ++checked;
        for (const char* key : {"hash", "type", "nonce", "maxPriorityFeePerGas", "maxFeePerGas",
                                "gasLimit", "to", "value", "data", "accessList", "v", "r", "s"})
            BOOST_TEST((read[key] == one[key]), key);
        BOOST_TEST((read["sender"] == one["from"]));
    }
    BOOST_TEST(checked >= 50U);
    BOOST_TEST(run({"tx", "decode", "0x02c0"}).code == 1);
    BOOST_TEST(run({"tx", "decode", "zz"}).code == 2);
}

BOOST_AUTO_TEST_CASE(the_abi_lists_every_module_with_its_address) {
    const auto json = run({"abi"}).json();
    const auto& modules = json["modules"];
    BOOST_TEST(modules.Size() == catalog().modules().size());
    for (const auto& module : modules.GetArray()) {
        BOOST_TEST(std::string(module["address"].GetString()).starts_with("0xa55a"));
        BOOST_TEST(module["abi"].Size() > 1U);
    }
    BOOST_TEST(run({"abi", "bnak"}).code == 2);
}

BOOST_FIXTURE_TEST_CASE(views_are_asked_by_name, Home) {
    const FakeNode node({{"eth_call", [](const std::string& params) {
                              BOOST_TEST(params.find("0x70a08231") != std::string::npos);
                              return "\"result\":\"0x" + std::string(48, '0') +
                                     "14d1120d7b160000\"";
                          }}});
    const Ran ran = run({"query", "bank", "balance-of", "--account", kBob, "--rpc", node.url()});
    BOOST_TEST(ran.out == "result  1.5 assay\n");
    BOOST_TEST(
        run({"query", "bank", "balanceOf", "--account", kBob, "--rpc", node.url(), "--json"}).out ==
        "\"1500000000000000000\"\n");
}

BOOST_AUTO_TEST_CASE(no_node_is_exit_code_four) {
    std::string url;
    {
        const FakeNode node({});
        url = node.url();
    }
    BOOST_TEST(run({"query", "block", "--rpc", url}).code == 4);
}

BOOST_FIXTURE_TEST_CASE(a_state_proof_is_checked_without_a_node, Home) {
    const Bytes key = {1, 2};
    const Bytes value = {3};
    const Hash256 root = leaf_hash(path_of(key), value);
    StateProof proof;
    proof.key = key;
    proof.leaf = LeafProof{key, value, {}};
    const auto file = folder / "proof.json";
    const auto write = [&](const std::string& shown) {
        std::ofstream(file) << "{\"height\":\"7\",\"appHash\":\"" << to_hex0x(root)
                            << "\",\"key\":\"0x0102\",\"value\":" << shown << ",\"proof\":\""
                            << to_hex0x(encode_ics23(proof)) << "\"}";
    };
    write("\"0x03\"");
    BOOST_TEST(run({"verify-proof", file.string()}).out.starts_with("valid  yes\n"));
    BOOST_TEST(run({"verify-proof", file.string(), "--root", to_hex0x(root)}).code == 0);
    const Ran other = run({"verify-proof", file.string(), "--root", to_hex0x(Hash256{})});
    BOOST_TEST(other.code == 1);
    BOOST_TEST(other.err.find("not to the root you trust") != std::string::npos);
    write("\"0x04\"");
    BOOST_TEST(run({"verify-proof", file.string()}).code == 1);
    write("null");
    BOOST_TEST(run({"verify-proof", file.string()}).code == 1);
}
