// Owns playing an attack many times and what came of it.
#pragma once

#include <map>

#include "tests/economy/attack.hpp"

namespace assay::economy {

// The attacker's profit over honest play: mean and half the width of its 99% interval.
struct Verdict {
    std::uint64_t runs = 0;
    double attack = 0;  // mean gain of the attack
    double honest = 0;
    double mean = 0;  // of the differences
    double error = 0;
    bool loses() const { return mean + error < 0; }
    bool pays() const { return mean - error > 0; }
    // What the row promises.
    bool keeps(const Attack& row) const {
        return row.useless > 0 ? mean + error < row.useless : loses();
    }
};

// Plays runs of consecutive seeds, shared among processes; the figures are the same for any number
// of them.
class Table {
  public:
    struct Size {
        std::uint64_t runs = 0;
        std::uint64_t first_seed = 1;
        unsigned jobs = 1;
        std::uint64_t check_every = 1;  // invariants are checked in the runs whose seed it divides
    };
    explicit Table(Size size) : size_(size) {}

    Verdict play(const Attack& attack);

  private:
    Size size_;
    // Gains of honest plays under no row's own conditions, by seed: many rows share them.
    std::map<Play, std::vector<double>> honest_;
};

}  // namespace assay::economy
