// Owns what differs from run to run: parameters that pass validate(), prices, effort, accuracy.
#pragma once

#include <cstdint>
#include <functional>

#include "modules/wiring/params.hpp"

namespace assay::economy {

// Repeats for a seed (splitmix64).
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    // 0 <= x < 1
    double unit() { return static_cast<double>(next() >> 11U) / 9007199254740992.0; }
    bool happens(double probability) { return unit() < probability; }
    double between(double low, double high) { return low + (high - low) * unit(); }

  private:
    std::uint64_t state_;
};

struct Conditions {
    ModuleParams params;
    Amount price;
    std::uint32_t items = 0;    // of one submission
    double juror_accuracy = 0;  // 0.75..0.98
    double effort = 0;          // of honest work, as a share of its price
    double juror_effort = 0;    // of judging, in base units
};

// What a row is about beside the random conditions; run after they were drawn.
using Change = std::function<void(Conditions&)>;

// Drawn so that validate() passes, then changed.
Conditions random_conditions(Random& random, const Change& change);

// A thousandth of a token is 0.001.
Amount tokens(double count);

}  // namespace assay::economy
