// Owns ClaimVested: collects for a contributor what was minted for an accepted submission.
#pragma once

#include "chain/exec/message.hpp"

namespace assay::rewards {

// Pays the contributor what has vested and is not yet paid: 25% when the epoch ends, the rest
// linearly. Anybody may send it; the money goes to the contributor. Refused: nothing_to_claim.
struct ClaimVested {
    static constexpr std::uint64_t kGas = 30'000;
    std::uint64_t submission = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(ClaimVested, (), (submission))

}  // namespace assay::rewards
