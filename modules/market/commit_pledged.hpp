// Owns CommitPledged: a commitment whose collateral is in part what the chain holds already.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/deadline_gas.hpp"
#include "modules/market/pledge.hpp"

namespace assay::market {

// CommitAtTier, with pledges of the sender's: unvested rewards and holdbacks by their submissions,
// ascending, and juror stake up to an amount. They are taken in this order until the collateral is
// there; each named one must be needed and have something. value = QuoteCommitPledged of the same.
struct CommitPledged {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 80'000 + kRevealEndsGas;
    static constexpr std::uint64_t kGasPerSource = 25'000;
    std::uint64_t order = 0;
    std::uint64_t item_count = 0;
    Hash256 commitment;  // commitment_of(): see commitment.hpp
    std::uint8_t tier = 0;
    std::vector<std::uint64_t> rewards;    // at most kMaxSources
    std::vector<std::uint64_t> holdbacks;  // at most kMaxSources
    Amount stake;

    std::uint64_t gas() const { return kGas + kGasPerSource * (rewards.size() + holdbacks.size()); }
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(CommitPledged, (),
                      (order, item_count, commitment, tier, rewards, holdbacks, stake))

// The value that commitPledged must carry; an error that names the refusal where it would meet one.
struct QuoteCommitPledged {
    using Returns = Amount;
    std::uint64_t order = 0;
    std::uint64_t item_count = 0;
    std::uint8_t tier = 0;
    std::vector<std::uint64_t> rewards;
    std::vector<std::uint64_t> holdbacks;
    Amount stake;
    Address contributor;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteCommitPledged, (),
                      (order, item_count, tier, rewards, holdbacks, stake, contributor))

// What stands behind a live submission beside its bond; empty where nothing does.
struct GetPledges {
    using Returns = Pledges;
    std::uint64_t submission = 0;
    Result<Pledges> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetPledges, (), (submission))

}  // namespace assay::market
