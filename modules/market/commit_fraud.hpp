// Owns CommitFraud: who found fraud binds the proof to the own name before anybody can see it.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

struct ProveFraud;

// A proof counts from this many blocks after its commitment on. Who sees a proof that waits for a
// block and commits to it then comes later than the one who found it, unless that one is kept out
// of all blocks between: a coalition with a share s of the proposals does so with probability s^5.
inline constexpr std::uint64_t kFraudProofAge_blocks = 5;

// What an account committed to last: one record for each that ever did, replaced by the next one
// and erased by the proof.
struct FraudCommitment {
    Hash256 commitment;
    std::uint64_t height = 0;  // of the block it stands in
};
BOOST_DESCRIBE_STRUCT(FraudCommitment, (), (commitment, height))

inline constexpr Table<Address, FraudCommitment> kFraudCommitments{ModuleId::market, 30};

// SHA-256("assay/fraud/1" | record encoding of chain id, prover and the whole proof, its salt among
// it).
Hash256 fraud_commitment(std::uint64_t chain_id, const Address& prover, const ProveFraud& proof);

// Says nothing about which submission is meant. A second one before the proof replaces the first.
struct CommitFraud {
    static constexpr std::uint64_t kGas = 25'000;
    Hash256 commitment;  // fraud_commitment()

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(CommitFraud, (), (commitment))

// What an account has committed to and not yet proven.
struct GetFraudCommitment {
    using Returns = FraudCommitment;
    Address prover;
    Result<FraudCommitment> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetFraudCommitment, (), (prover))

// fraud_not_committed, commitment_mismatch or too_early where this proof is not the sender's yet.
TxCode refuse_uncommitted(const State& state, const TxEnv& env, const ProveFraud& proof);

}  // namespace assay::market
