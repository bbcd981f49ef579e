// Owns the records of governance: proposals, votes, what is open, and their tables.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "chain/exec/upgrade.hpp"
#include "modules/governance/params.hpp"

namespace assay::governance {

using Consensus = FixedBytes<20>;  // how consensus knows a validator

enum class Kind : std::uint8_t { params = 1, grant = 2, upgrade = 3 };
BOOST_DESCRIBE_ENUM(Kind, params, grant, upgrade)

enum class Status : std::uint8_t {
    voting = 1,
    rejected = 2,
    vetoed = 3,
    timelock = 4,
    executed = 5,
    failed = 6,  // accepted, but refused when it was to be executed
};
BOOST_DESCRIBE_ENUM(Status, voting, rejected, vetoed, timelock, executed, failed)

enum class Choice : std::uint8_t { yes = 1, no = 2, abstain = 3, veto = 4 };
BOOST_DESCRIBE_ENUM(Choice, yes, no, abstain, veto)
inline constexpr std::size_t kChoices = 4;

// One parameter's new value, as genesis writes both: "market.challengeWindowS", "86400".
struct ParamChange {
    std::string name;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(ParamChange, (), (name, value))

struct Grant {
    Address recipient;
    Amount amount;
};
BOOST_DESCRIBE_STRUCT(Grant, (), (recipient, amount))

// Base units of stake.
struct Tally {
    Amount yes;
    Amount no;
    Amount abstain;
    Amount veto;
    Amount total;  // of the set, voting or not
};
BOOST_DESCRIBE_STRUCT(Tally, (), (yes, no, abstain, veto, total))

// What a proposal keeps from the day it was made.
struct Terms {
    std::uint64_t timelock_s = 0;
    std::uint32_t quorum_ppm = 0;
    std::uint32_t majority_ppm = 0;
    std::uint32_t veto_ppm = 0;
};
BOOST_DESCRIBE_STRUCT(Terms, (), (timelock_s, quorum_ppm, majority_ppm, veto_ppm))

struct Proposal {
    std::uint64_t id = 0;
    Address proposer;
    Kind kind{};
    Status status = Status::voting;
    std::string title;
    std::string details_uri;
    std::vector<ParamChange> changes = {};  // of Kind::params
    Grant grant = {};                       // of Kind::grant
    UpgradePlan upgrade = {};               // of Kind::upgrade; height 0 takes the plan back
    Amount deposit;
    Terms terms;
    std::uint64_t made_s = 0;
    std::uint64_t deadline_s = 0;  // of voting or of the timelock; 0 when nothing waits
    Tally tally = {};              // once the vote ended
    std::uint16_t failure = 0;     // the TxCode that refused its execution
};
BOOST_DESCRIBE_STRUCT(Proposal, (),
                      (id, proposer, kind, status, title, details_uri, changes, grant, upgrade,
                       deposit, terms, made_s, deadline_s, tally, failure))

// What is open, in few words, for those who change a stake.
struct Open {
    std::uint64_t made = 0;             // proposals ever; ids count from 1
    std::vector<std::uint64_t> voting;  // in the order they were made
    std::uint32_t waiting = 0;          // in the timelock
};
BOOST_DESCRIBE_STRUCT(Open, (), (made, voting, waiting))

// All votes on a proposal with stake at one validator.
struct BallotKey {
    std::uint64_t proposal = 0;
    Consensus validator;
};
BOOST_DESCRIBE_STRUCT(BallotKey, (), (proposal, validator))

struct Ballot {
    // Of the validator's operator: for its own stake and that of delegators who do not vote.
    std::optional<Choice> of_operator;
    // The validator's shares whose delegators vote themselves, by choice; follows their stake.
    std::array<Amount, kChoices> shares = {};
};
BOOST_DESCRIBE_STRUCT(Ballot, (), (of_operator, shares))

struct VoteKey {
    std::uint64_t proposal = 0;
    Consensus validator;
    Address voter;
};
BOOST_DESCRIBE_STRUCT(VoteKey, (), (proposal, validator, voter))

inline constexpr Table<Only, Open> kOpen{ModuleId::governance, 2};
inline constexpr Table<std::uint64_t, Proposal> kProposals{ModuleId::governance, 3};
inline constexpr Table<BallotKey, Ballot> kBallots{ModuleId::governance, 4};
// Of delegators; an operator's vote is its validator's ballot.
inline constexpr Table<VoteKey, Choice> kVotes{ModuleId::governance, 5};

inline constexpr std::size_t kMaxTitleBytes = 120;
inline constexpr std::size_t kMaxUriBytes = 256;
inline constexpr std::size_t kMaxUpgradeNameBytes = 64;
inline constexpr std::size_t kMaxChanges = 16;
inline constexpr std::size_t kMaxParamBytes = 80;  // of a name, and of a value

inline Amount& shares_for(Ballot& ballot, Choice choice) {
    return ballot.shares[static_cast<std::size_t>(choice) - 1];
}
inline bool is_open(Status status) {
    return status == Status::voting || status == Status::timelock;
}

}  // namespace assay::governance
