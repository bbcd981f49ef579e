// Owns the question whether each rule between the parameters is needed: a row played at the rule's
// bound, and a third beyond it.
#pragma once

#include "tests/economy/table.hpp"

namespace assay::economy {

struct Rule {
    std::string name;        // "P1"
    std::string promise;     // the inequality
    std::string premise;     // what the row assumes, or why there is none
    Attack row = {};         // without plays: none
    Change at = {};          // parameters on the bound: validate() passes them
    Change beyond = {};      // a third beyond it: validate() refuses them
    std::uint64_t runs = 0;  // that tell
};

struct Loosened {
    Verdict at;
    Verdict beyond;
    // Nothing pays at the bound, and beyond it what the rule is needed for.
    bool agrees() const { return !at.pays() && beyond.pays(); }
};

const std::vector<Rule>& rules();
// size.runs of 0: the rule's own.
Loosened play(const Rule& rule, Table::Size size);

}  // namespace assay::economy
