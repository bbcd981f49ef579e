// Owns what can be asked of disputes.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/disputes/objects.hpp"

namespace assay::disputes {

inline constexpr std::uint32_t kMaxPage = 100;

struct GetDispute {
    using Returns = Dispute;
    std::uint64_t dispute = 0;
    Result<Dispute> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetDispute, (), (dispute))

// One panel as it was drawn and as it voted; draws that found too few jurors have no seats.
struct PanelRecord {
    Draw draw;
    std::vector<Seat> seats;
};
BOOST_DESCRIBE_STRUCT(PanelRecord, (), (draw, seats))

// Everything from which the ruling can be computed again: see replay.hpp.
struct DisputeRecord {
    std::uint64_t chain_id = 0;
    Dispute dispute;
    std::vector<Round> rounds;
    std::vector<Backer> backers;
    std::vector<PanelRecord> panels;  // of all rounds, in the order of their drawing
};
BOOST_DESCRIBE_STRUCT(DisputeRecord, (), (chain_id, dispute, rounds, backers, panels))

struct GetDisputeRecord {
    using Returns = DisputeRecord;
    std::uint64_t dispute = 0;
    Result<DisputeRecord> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetDisputeRecord, (), (dispute))

// The rounds so far.
struct GetRounds {
    using Returns = std::vector<Round>;
    std::uint64_t dispute = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetRounds, (), (dispute))

// Whose money stands behind which side: the challenger first.
struct GetBackers {
    using Returns = std::vector<Backer>;
    std::uint64_t dispute = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetBackers, (), (dispute))

// The seats of the present panel.
struct GetPanel {
    using Returns = std::vector<Seat>;
    std::uint64_t dispute = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetPanel, (), (dispute))

// Disputes with ids after `after`, at most `limit` (1..kMaxPage).
struct ListDisputes {
    using Returns = std::vector<Dispute>;
    std::uint64_t after = 0;
    std::uint32_t limit = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListDisputes, (), (after, limit))

// The value that challenge must carry.
struct QuoteChallenge {
    using Returns = Amount;
    std::uint64_t submission = 0;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteChallenge, (), (submission))

// The value that contest must carry.
struct QuoteContest {
    using Returns = Amount;
    std::uint64_t submission = 0;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteContest, (), (submission))

// The value that joinDispute must carry.
struct QuoteJoin {
    using Returns = Amount;
    std::uint64_t dispute = 0;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteJoin, (), (dispute))

// The value that an appeal of the present round's ruling must carry.
struct QuoteAppeal {
    using Returns = Amount;
    std::uint64_t dispute = 0;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteAppeal, (), (dispute))

struct GetDisputeParams {
    using Returns = Params;
    Result<Params> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetDisputeParams, (), ())

}  // namespace assay::disputes
