// Owns what people do in a dispute: Challenge, VoteCommit, VoteReveal.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/disputes/objects.hpp"

namespace assay::disputes {

// Contests a revealed submission inside its window. value = QuoteChallenge(submission): the
// challenger's bond and the jury's fees.
struct Challenge {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 45'000;
    std::uint64_t submission = 0;
    Claim claim{};
    Hash256 evidence_root;  // RFC 6962 root of what the challenger shows the jury
    std::string evidence_uri;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Challenge, (), (submission, claim, evidence_root, evidence_uri))

// One slot per seat; only the juror who holds it.
struct VoteCommit {
    static constexpr std::uint64_t kGas = 20'000;
    std::uint64_t dispute = 0;
    std::uint8_t seat = 0;
    Hash256 commitment;  // vote_commitment()

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(VoteCommit, (), (dispute, seat, commitment))

struct VoteReveal {
    static constexpr std::uint64_t kGas = 20'000;
    std::uint64_t dispute = 0;
    std::uint8_t seat = 0;
    Choice choice{};
    Hash256 salt;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(VoteReveal, (), (dispute, seat, choice, salt))

}  // namespace assay::disputes
