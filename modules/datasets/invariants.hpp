// Owns what must hold for datasets at every height.
#pragma once

#include "chain/exec/module.hpp"

namespace assay::datasets {

// The pool holds what owners and contributors may claim; a dataset's sources' parts are its sum.
void check_money(const State& state, const StateReader& whole,
                 std::vector<InvariantFailure>& failures);
// Consents are what their changes say, all versions are there, counts and digests follow from them;
// only work that stands counts.
void check_consents(const State& state, const StateReader& whole,
                    std::vector<InvariantFailure>& failures);
// Parents came before, get what they ask, and no shares are above the price.
void check_lineage(const State& state, const StateReader& whole,
                   std::vector<InvariantFailure>& failures);
// What a licence says of consents is what the changes up to its version say; listings are complete;
// exclusive licences do not overlap.
void check_licences(const State& state, const StateReader& whole,
                    std::vector<InvariantFailure>& failures);

}  // namespace assay::datasets
