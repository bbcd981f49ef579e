// Owns what people do in a dispute: Challenge, JoinDispute, Appeal, VoteCommit, VoteReveal.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/disputes/deadline_gas.hpp"
#include "modules/disputes/objects.hpp"

namespace assay::disputes {

// Contests a revealed submission inside its window. value = QuoteChallenge(submission): the
// challenger's bond and the jury's fees.
struct Challenge {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 35'000 + round_gas(kFirstPanelSeats);
    std::uint64_t submission = 0;
    Claim claim{};
    Hash256 evidence_root;  // RFC 6962 root of what the challenger shows the jury
    std::string evidence_uri;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Challenge, (), (submission, claim, evidence_root, evidence_uri))

// The contributor asks a jury to overturn what the order's policy found, inside the window. value =
// QuoteContest(submission).
struct Contest {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 35'000 + round_gas(kFirstPanelSeats);
    std::uint64_t submission = 0;
    Hash256 evidence_root;
    std::string evidence_uri;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Contest, (), (submission, evidence_root, evidence_uri))

// Stands behind one answer to the claim with an own bond, in the first evidence period. value =
// QuoteJoin(dispute).
struct JoinDispute {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 56'000;
    std::uint64_t dispute = 0;
    Choice side{};
    Hash256 evidence_root;
    std::string evidence_uri;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(JoinDispute, (), (dispute, side, evidence_root, evidence_uri))

// Asks the next, larger panel to overturn the ruling, by anybody but who won by it. value =
// QuoteAppeal(dispute): the panel's fees and as much again as a bond.
struct Appeal {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 150'000;  // the round before is settled again with it
    std::uint64_t dispute = 0;
    std::uint8_t seats = 0;  // panel_seats() of the round that it opens: the gas is known by it
    Hash256 evidence_root;
    std::string evidence_uri;

    std::uint64_t gas() const { return kGas + round_gas(seats); }
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Appeal, (), (dispute, seats, evidence_root, evidence_uri))

// One slot per seat; only the juror who holds it.
struct VoteCommit {
    static constexpr std::uint64_t kGas = 24'000;
    std::uint64_t dispute = 0;
    std::uint8_t seat = 0;
    Hash256 commitment;  // vote_commitment()

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(VoteCommit, (), (dispute, seat, commitment))

struct VoteReveal {
    static constexpr std::uint64_t kGas = 24'000;
    std::uint64_t dispute = 0;
    std::uint8_t seat = 0;
    Choice choice{};
    Hash256 salt;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(VoteReveal, (), (dispute, seat, choice, salt))

}  // namespace assay::disputes
