// Owns what can be asked of reputation.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/reputation/objects.hpp"

namespace assay::reputation {

// All as of the block that is asked at.
struct Reputation {
    Address account;
    std::uint32_t score_ppm = 0;
    std::uint8_t tier = 0;
    std::uint32_t buyers = 0;
    Amount stake;  // as a juror
    std::uint32_t rejections = 0;
    std::uint32_t frauds = 0;
    Amount burned;       // fees, ever
    TierRule next_tier;  // what the next tier needs; all zero at the top
};
BOOST_DESCRIBE_STRUCT(Reputation, (),
                      (account, score_ppm, tier, buyers, stake, rejections, frauds, burned,
                       next_tier))

// Of any account: who never worked has nothing, at tier 0.
struct ReputationOf {
    using Returns = Reputation;
    Address account;
    Result<Reputation> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ReputationOf, (), (account))

struct TierOf {
    using Returns = std::uint8_t;
    Address account;
    Result<std::uint8_t> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(TierOf, (), (account))

// What one buyer's orders gave a contributor, and how much more they may give now.
struct Giver {
    std::uint32_t given_ppm = 0;
    std::uint32_t room_ppm = 0;
    bool counts = false;  // as a distinct buyer
};
BOOST_DESCRIBE_STRUCT(Giver, (), (given_ppm, room_ppm, counts))

struct ReputationFrom {
    using Returns = Giver;
    Address account;
    Address buyer;
    Result<Giver> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ReputationFrom, (), (account, buyer))

struct GetReputationParams {
    using Returns = Params;
    Result<Params> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetReputationParams, (), ())

}  // namespace assay::reputation
