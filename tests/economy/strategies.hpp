// Owns the attacks: how each is played, against what honest play, and what it is worth.
#pragma once

#include <string>
#include <vector>

#include "tests/economy/world.hpp"

namespace assay::economy {

// One row of the table. Both plays get a world of the same seed; each returns what the attacker
// gained in shares of the value at stake and a token, work and judging that it did subtracted;
// jurors in fees a dispute.
struct Attack {
    std::string name;
    std::string strategy;
    double (*attack)(World& world);
    double (*honest)(World& world);
    // Known to pay, and why: the row is shown and does not count as a failure.
    std::string open = {};
    bool by_juror = false;
};

const std::vector<Attack>& attacks();

}  // namespace assay::economy
