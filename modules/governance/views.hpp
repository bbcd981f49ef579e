// Owns what can be asked of governance.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/governance/objects.hpp"

namespace assay::governance {

struct GetProposal {
    using Returns = Proposal;
    std::uint64_t proposal = 0;
    Result<Proposal> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetProposal, (), (proposal))

inline constexpr std::uint32_t kMaxPage = 50;

// The newest first, those older than `before`; 0 begins with the newest.
struct ListProposals {
    using Returns = std::vector<Proposal>;
    std::uint64_t before = 0;
    std::uint32_t count = 0;  // 50 at most
    Result<std::vector<Proposal>> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListProposals, (), (before, count))

// The value that a proposal needs.
struct QuotePropose {
    using Returns = Amount;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuotePropose, (), ())

// What a proposal of these changes would meet now.
struct ParamsJudgement {
    std::uint16_t code = 0;  // TxCode; 0: they can be proposed
    std::string why;         // which rule is broken, in words
};
BOOST_DESCRIBE_STRUCT(ParamsJudgement, (), (code, why))

struct JudgeParams {
    using Returns = ParamsJudgement;
    std::vector<ParamChange> changes;
    Result<ParamsJudgement> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(JudgeParams, (), (changes))

// While the vote is open as things stand, afterwards as it ended.
struct TallyStatus {
    Tally tally;
    Status outcome{};  // that follows from it; timelock: accepted
    bool deposit_burned = false;
};
BOOST_DESCRIBE_STRUCT(TallyStatus, (), (tally, outcome, deposit_burned))

struct GetTally {
    using Returns = TallyStatus;
    std::uint64_t proposal = 0;
    Result<TallyStatus> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetTally, (), (proposal))

struct VoteStatus {
    Choice choice{};
    bool as_operator = false;  // for all stake there whose delegators do not vote
};
BOOST_DESCRIBE_STRUCT(VoteStatus, (), (choice, as_operator))

struct GetVote {
    using Returns = VoteStatus;
    std::uint64_t proposal = 0;
    Address voter;
    Consensus validator;
    Result<VoteStatus> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetVote, (), (proposal, voter, validator))

// Fails where no upgrade is planned.
struct GetUpgradePlan {
    using Returns = UpgradePlan;
    Result<UpgradePlan> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetUpgradePlan, (), ())

struct GetGovernanceParams {
    using Returns = Params;
    Result<Params> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetGovernanceParams, (), ())

}  // namespace assay::governance
