// Owns the events of governance.
#pragma once

#include "modules/governance/objects.hpp"

namespace assay::governance {

struct ProposalMade {
    static constexpr int kIndexed = 2;
    std::uint64_t proposal = 0;
    Address proposer;
    Kind kind{};
    Amount deposit;
    std::uint64_t voting_ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(ProposalMade, (), (proposal, proposer, kind, deposit, voting_ends_s))

struct VoteCast {
    static constexpr int kIndexed = 3;
    std::uint64_t proposal = 0;
    Address voter;
    Consensus validator;
    Choice choice{};
    bool as_operator = false;
};
BOOST_DESCRIBE_STRUCT(VoteCast, (), (proposal, voter, validator, choice, as_operator))

struct ProposalDecided {
    static constexpr int kIndexed = 1;
    std::uint64_t proposal = 0;
    Status status{};
    Tally tally;
    Amount deposit_burned;
    std::uint64_t executes_s = 0;  // 0 where it does not
};
BOOST_DESCRIBE_STRUCT(ProposalDecided, (), (proposal, status, tally, deposit_burned, executes_s))

struct ProposalExecuted {
    static constexpr int kIndexed = 1;
    std::uint64_t proposal = 0;
    Status status{};            // executed or failed
    std::uint16_t failure = 0;  // the TxCode that refused it
};
BOOST_DESCRIBE_STRUCT(ProposalExecuted, (), (proposal, status, failure))

// In the upgrade's first block.
struct UpgradeBegan {
    static constexpr int kIndexed = 0;
    std::string name;
    std::uint64_t height = 0;
};
BOOST_DESCRIBE_STRUCT(UpgradeBegan, (), (name, height))

}  // namespace assay::governance
