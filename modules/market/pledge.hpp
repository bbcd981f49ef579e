// Owns pledges: what the chain holds for a contributor already and that stands behind a submission.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/exec/module.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

inline constexpr std::size_t kMaxSources = 8;  // of one submission, of each kind

// A submission whose reward or holdback is pledged, and how much of it.
struct PledgedSource {
    std::uint64_t submission = 0;
    Amount amount;
};
BOOST_DESCRIBE_STRUCT(PledgedSource, (), (submission, amount))

// Beside the bond, and like it held until the submission is over. Rewards and holdbacks lie in
// pool::kPledges, stake stays with the jurors'.
struct Pledges {
    std::vector<PledgedSource> rewards;    // unvested ones
    std::vector<PledgedSource> holdbacks;  // of accepted submissions
    Amount stake;                          // of a juror
};
BOOST_DESCRIBE_STRUCT(Pledges, (), (rewards, holdbacks, stake))

// By the live submission that they stand behind.
inline constexpr Table<std::uint64_t, Pledges> kPledges{ModuleId::market, 13};
// Who proved the fraud of a submission while its holdback was pledged in part, for when that part
// comes back.
inline constexpr Table<std::uint64_t, Address> kClawBackProvers{ModuleId::market, 14};

// What a contributor offers, in the order in which it is taken: rewards, holdbacks, stake.
struct Offer {
    std::vector<std::uint64_t> rewards;    // submissions, ascending
    std::vector<std::uint64_t> holdbacks;  // the same
    Amount stake;                          // at most
};
// By the form: 1xx.
TxCode refuse_offer(const Offer& offer);

struct PledgePlan {
    Pledges pledges;
    Amount rest;  // of the collateral, to be paid as the bond
};
// Refused where a source has nothing to pledge, is not needed, or the stake is not free.
boost::system::result<PledgePlan, TxCode> plan_pledges(const State& state, const BlockEnv& block,
                                                       const Address& contributor,
                                                       Amount collateral, const Offer& offer);

Amount total_of(const Pledges& pledges);
// Takes what was planned in this state and writes the record.
void take_pledges(State& state, std::uint64_t submission, const Address& contributor,
                  const Pledges& pledges);
// The submission is over and its collateral free: each source has its part again. A reward whose
// fraud was proven meanwhile burns, a holdback goes where it would have gone: to the contributor
// where its time is over, to prover and buyer where it was clawed back. `submission` is written by
// the caller.
void return_pledges(State& state, Submission& submission);
// Everything becomes part of the bond, to be slashed with it.
void seize_pledges(State& state, Submission& submission);

// 5, 9: pledges are held exactly while their submission lives, add up to what each source says, and
// their pool holds them.
void check_pledges(const State& state, const StateReader& whole,
                   std::vector<InvariantFailure>& failures);

}  // namespace assay::market
