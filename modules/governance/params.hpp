// Owns the parameters of governance and the rules they must meet.
#pragma once

#include <cstdint>

#include "chain/base/result.hpp"
#include "chain/state/table.hpp"
#include "chain/types/amount.hpp"

namespace assay {
class State;
}

namespace assay::governance {

// The most proposals that may be open at once: each change of a stake visits every open vote.
inline constexpr std::uint32_t kMostOpen = 32;

struct Params {
    Amount deposit = Amount::from_raw(static_cast<u128>(kTokenUnits) * 1'000);
    std::uint64_t voting_s = 604'800;      // seven days
    std::uint64_t timelock_s = 172'800;    // from the decision to its execution: two days
    std::uint32_t quorum_ppm = 400'000;    // of the set's stake, that must vote
    std::uint32_t majority_ppm = 500'000;  // of what votes yes, no or veto: yes must exceed it
    std::uint32_t veto_ppm = 334'000;      // of all that votes: veto must not exceed it
    std::uint32_t max_open = 16;           // proposals voted on or waiting to be executed
};
BOOST_DESCRIBE_STRUCT(Params, (),
                      (deposit, voting_s, timelock_s, quorum_ppm, majority_ppm, veto_ppm, max_open))

inline constexpr Table<Only, Params> kParams{ModuleId::governance, 1};

Result<void> validate(const Params& params);
// P9: stake cannot leave before what it decided counts: unbonding >= timelock.
Result<void> validate_unbonding(std::uint64_t unbonding_s, std::uint64_t timelock_s);
// Votes of half a minute, for one machine.
Params devnet_params();
// Writes the genesis record.
void init(State& state, const Params& params);

}  // namespace assay::governance
