// Owns ProveFraud: fraud that arithmetic can show, ruled at once and without a jury.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

enum class FraudKind : std::uint8_t {
    duplicate_content = 1,  // two leaves of the tree have one content id
    malformed_leaf = 2,     // a leaf's bytes are no Leaf, or name another index than their place
    copied_content = 3,     // an original's content id stands in a tree of this order that was
                            // committed earlier
    malformed_payload = 4,  // an opened payload is longer than the order allows, or an original's
                            // content id is not its hash
};
BOOST_DESCRIBE_ENUM(FraudKind, duplicate_content, malformed_leaf, copied_content, malformed_payload)

// A leaf shown with its place in the tree.
struct LeafProof {
    std::uint64_t index = 0;
    Bytes leaf;
    std::vector<Hash256> path;  // siblings from the leaf upwards
};
BOOST_DESCRIBE_STRUCT(LeafProof, (), (index, leaf, path))

struct ProveFraud {
    static constexpr std::uint64_t kGas = 60'000;
    static constexpr std::uint64_t kGasPerHash = 100;
    std::uint64_t submission = 0;
    FraudKind kind{};
    LeafProof first;
    LeafProof second;                    // duplicate_content and copied_content; else empty
    std::uint64_t other_submission = 0;  // copied_content: the earlier one that holds `second`
    Hash256 salt;                        // malformed_payload
    Bytes payload;                       // malformed_payload

    std::uint64_t gas() const;
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(ProveFraud, (),
                      (submission, kind, first, second, other_submission, salt, payload))

}  // namespace assay::market
