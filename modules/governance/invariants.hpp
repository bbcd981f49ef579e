// Owns the rules about governance that hold after every block.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::governance {

// The pool holds exactly the deposits of open votes.
void check_deposits(const State& state, const StateReader& whole,
                    std::vector<InvariantFailure>& failures);
// Each open proposal is listed, waits for one deadline and keeps within the bound; no other does.
void check_open(const State& state, const StateReader& whole,
                std::vector<InvariantFailure>& failures);
// On open votes each ballot holds what its voters hold now, once, and no more than the validator.
void check_ballots(const State& state, const StateReader& whole,
                   std::vector<InvariantFailure>& failures);
// The parameters in force pass the rules, and so does a plan for an upgrade.
void check_rules(const State& state, const StateReader& whole,
                 std::vector<InvariantFailure>& failures);

}  // namespace assay::governance
