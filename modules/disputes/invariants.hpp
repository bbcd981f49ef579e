// Owns the rules about disputes that hold after every block.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::disputes {

// Invariant 5: what jurors have locked is what the seats of open panels lock.
void check_locks(const State& state, const StateReader& whole,
                 std::vector<InvariantFailure>& failures);
// Invariant 7: an open dispute has its one deadline in the queue, a ruled one has none.
void check_deadlines(const State& state, const StateReader& whole,
                     std::vector<InvariantFailure>& failures);
// Invariants 8 and 9: votes within commits within seats; what was taken is what was given or
// burned; bonds and fees are held until released, once; the pools hold exactly those.
void check_money(const State& state, const StateReader& whole,
                 std::vector<InvariantFailure>& failures);

}  // namespace assay::disputes
