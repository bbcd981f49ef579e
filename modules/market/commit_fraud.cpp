// The rules of committing to a fraud proof.
#include "modules/market/commit_fraud.hpp"

#include "chain/crypto/hash.hpp"
#include "modules/market/prove_fraud.hpp"

namespace assay::market {

Hash256 fraud_commitment(std::uint64_t chain_id, const Address& prover, const ProveFraud& proof) {
    const std::string_view tag = "assay/fraud/1";
    Bytes out(tag.begin(), tag.end());
    record::encode_into(out, chain_id);
    record::encode_into(out, prover);
    record::encode_into(out, proof);
    return sha256(out);
}

TxCode CommitFraud::check(const TxEnv&) const {
    if (commitment.is_zero()) return TxCode::hash_zero;
    return TxCode::ok;
}

TxCode CommitFraud::execute(State& state, const TxEnv& env) const {
    state.put(kFraudCommitments, env.sender,
              {.commitment = commitment, .height = env.block.height});
    return TxCode::ok;
}

Result<FraudCommitment> GetFraudCommitment::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kFraudCommitments, prover);
    if (!record) return failure("no fraud proof is committed to by this account");
    return *record;
}

TxCode refuse_uncommitted(const State& state, const TxEnv& env, const ProveFraud& proof) {
    const auto record = state.get(kFraudCommitments, env.sender);
    if (!record) return TxCode::fraud_not_committed;
    if (env.block.height < record->height + kFraudProofAge_blocks) return TxCode::too_early;
    if (record->commitment != fraud_commitment(env.block.chain_id, env.sender, proof))
        return TxCode::commitment_mismatch;
    return TxCode::ok;
}

}  // namespace assay::market
