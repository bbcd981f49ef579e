// Owns the rules about staking that hold after every block.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::staking {

// Shares are those of the delegations, totals those of the validators and buckets, and the pool
// holds exactly their tokens.
void check_stake(const State& state, const StateReader& whole,
                 std::vector<InvariantFailure>& failures);
// What delegators and operators may withdraw is at most what is owed, and the pool holds that.
void check_earnings(const State& state, const StateReader& whole,
                    std::vector<InvariantFailure>& failures);
// The ranking is that of the stakes; the set is its head and its powers sum up; it never is empty
// once somebody was in it.
void check_set(const State& state, const StateReader& whole,
               std::vector<InvariantFailure>& failures);
// What leaves is its delegator's, shares its bucket and waits for its deadline.
void check_leaving(const State& state, const StateReader& whole,
                   std::vector<InvariantFailure>& failures);
// Liens are on stake that is there, and no more than may be; each waits for its deadline. Every
// delegation is listed.
void check_moved(const State& state, const StateReader& whole,
                 std::vector<InvariantFailure>& failures);

}  // namespace assay::staking
