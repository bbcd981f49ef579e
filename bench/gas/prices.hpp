// Owns the comparison of what messages cost with what they are charged, and its two forms.
#pragma once

#include "bench/gas/story.hpp"

namespace assay::bench {

// At one size of the state.
struct Prices {
    std::vector<Row> rows;
    std::map<std::string, Cost> deadlines;
    Cost fees;  // of any transaction, its signature aside
};

// A message may cost twice the median of all a gas, in nanoseconds, and no more.
inline constexpr double kMostTimesMedian = 2;

// Of one message at one state. `own` is the message's work over its gas beside the envelope's;
// `whole` the transaction's, its signature included, over all of its gas.
struct Rate {
    double own = 0;    // nanoseconds a gas
    double whole = 0;  // the same
    double own_to_median = 0;
    double whole_to_median = 0;
    bool too_cheap() const {
        return own_to_median > kMostTimesMedian || whole_to_median > kMostTimesMedian;
    }
};
std::vector<Rate> rates_of(const Prices& prices, double recovery_ns);

// `large` is empty where only the small state was looked at. Returns how many are too cheap.
std::size_t print(const Prices& small, const Prices& large, double recovery_ns, bool json);

}  // namespace assay::bench
