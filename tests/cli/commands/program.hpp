// The program run inside a test: words in, exit code and both outputs back; a home with one key; a
// node that takes a transaction and answers views.
#pragma once

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "chain/codec/abi.hpp"
#include "chain/codec/envelope.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/crypto/kdf.hpp"
#include "cli/commands/commands.hpp"
#include "cli/keys/keyring.hpp"
#include "tests/cli/client/fake_node.hpp"

namespace assay::cli::testing {

inline const std::string kBob = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

struct Ran {
    int code = 0;
    std::string out;
    std::string err;
    JsonDocument json() const {
        auto document = assay::json::parse(out);
        BOOST_REQUIRE_MESSAGE(document, out);
        return std::move(*document);
    }
};

inline Ran run(std::vector<std::string> words) {
    static const CommandTable kTable = all_commands();
    std::ostringstream out;
    std::ostringstream err;
    Ran result;
    result.code = kTable.run(words, out, err);
    result.out = out.str();
    result.err = err.str();
    return result;
}

// A home of its own with one key, "alice".
struct Home {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("assay-home-" + to_hex(crypto::random_bytes(8)));
    StoredKey alice;
    Home() {
        setenv("ASSAY_HOME", folder.c_str(), 1);
        setenv("ASSAY_PASSWORD", "secret", 1);
        FixedBytes<32> scalar;
        scalar.bytes[31] = 1;
        alice = *Keyring(folder / "keys")
                     .add(crypto::SecretKey(scalar), "secret", "alice", {.n = 2, .r = 1, .p = 1});
    }
    ~Home() { std::filesystem::remove_all(folder); }
};

// What a node answers to someone who sends a transaction, which is kept in `raw`.
inline std::map<std::string, FakeNode::Answer> sending(std::string& raw,
                                                       const std::string& status) {
    return {
        {"eth_chainId", fixed("\"result\":\"0x7a69\"")},
        {"eth_getTransactionCount", fixed("\"result\":\"0x9\"")},
        {"eth_maxPriorityFeePerGas", fixed("\"result\":\"0x3b9aca00\"")},
        {"eth_feeHistory", fixed("\"result\":{\"baseFeePerGas\":[\"0x1\",\"0x3b9aca00\"]}")},
        {"eth_estimateGas", fixed("\"result\":\"0x5208\"")},
        {"eth_getBalance", fixed("\"result\":\"0x8ac7230489e80000\"")},
        {"eth_sendRawTransactionSync",
         [&raw, status](const std::string& params) {
             const auto list = json::parse(params);
             raw = (*list)[0].GetString();
             return "\"result\":{\"transactionHash\":\"" + to_hex0x(keccak256(*from_hex(raw))) +
                    "\",\"blockNumber\":\"0x10\",\"status\":\"" + status +
                    "\",\"refusal\":\"order_full\",\"gasUsed\":\"0x5208\","
                    "\"effectiveGasPrice\":\"0x77359400\",\"logs\":[]}";
         }},
    };
}

// Answers of views by selector.
struct Views {
    std::map<std::string, Bytes> answers;

    template <class V>
    Views& on(const typename V::Returns& answer) {
        answers[to_hex(assay::abi::view_of<V, typename V::Returns>().selector)] =
            assay::abi::encode_return(answer);
        return *this;
    }
    FakeNode::Answer answer() const {
        return [all = answers](const std::string& params) -> std::string {
            for (const auto& [selector, bytes] : all)
                if (params.find("\"0x" + selector) != std::string::npos)
                    return "\"result\":\"" + to_hex0x(bytes) + "\"";
            return "\"error\":{\"code\":3,\"message\":\"execution reverted: not found\"}";
        };
    }
};

}  // namespace assay::cli::testing
