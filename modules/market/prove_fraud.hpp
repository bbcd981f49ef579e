// Owns ProveFraud: fraud that arithmetic can show, ruled at once and without a jury. Its prover
// committed to it before (commit_fraud.hpp).
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/leaf_proof.hpp"

namespace assay::market {

struct ProveFraud {
    static constexpr std::uint64_t kGas = 210'000;  // the submission in kMaxDatasetsOfSubmission
    static constexpr std::uint64_t kGasPerHash = 100;
    std::uint64_t submission = 0;
    FraudKind kind{};
    LeafProof first;
    LeafProof second;                    // duplicate_content and copied_content; else empty
    std::uint64_t other_submission = 0;  // copied_content: the earlier one that holds `second`
    Hash256 salt;                        // malformed_payload
    Bytes payload;                       // malformed_payload
    Hash256 commit_salt;                 // random: hides the proof behind its commitment

    std::uint64_t gas() const;
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(ProveFraud, (),
                      (submission, kind, first, second, other_submission, salt, payload,
                       commit_salt))

}  // namespace assay::market
