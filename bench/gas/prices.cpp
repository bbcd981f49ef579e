// Medians, and the table.
#include "bench/gas/prices.hpp"

#include <algorithm>
#include <cstdio>

namespace assay::bench {

namespace {

double per_gas(double ns, std::uint64_t gas) {
    return gas == 0 ? 0 : ns / static_cast<double>(gas);
}

double records_of(const Row& row) {
    return row.cost.records / static_cast<double>(row.cost.count);
}

void print_row(const Row& small, const Row& large, const Rate& at_small, const Rate& at_large,
               bool json) {
    const Rate& worse = at_large.own_to_median > at_small.own_to_median ? at_large : at_small;
    const bool cheap = at_small.too_cheap() || at_large.too_cheap();
    std::printf(json ? "{\"message\":\"%s\",\"case\":\"%s\",\"gas\":%llu,\"records\":%.1f,"
                       "\"executeNs\":%.0f,\"commitNs\":%.0f,\"laterNs\":%.0f,\"smallNs\":%.0f,"
                       "\"largeNs\":%.0f,\"ownNsPerGas\":%.3f,\"ownToMedian\":%.2f,"
                       "\"wholeNsPerGas\":%.3f,\"wholeToMedian\":%.2f,\"tooCheap\":%s}\n"
                     : "%-29s %-24s %8llu %7.1f | %8.1f %7.1f %8.1f | %8.1f %8.1f | %6.2f %5.2f | "
                       "%6.2f %5.2f %s\n",
                small.message.c_str(), small.what.c_str(),
                static_cast<unsigned long long>(small.cost.gas), records_of(small),
                small.cost.execute() / (json ? 1 : 1'000), small.cost.commit() / (json ? 1 : 1'000),
                small.later_ns / (json ? 1 : 1'000), small.own_ns() / (json ? 1 : 1'000),
                large.own_ns() / (json ? 1 : 1'000), worse.own, worse.own_to_median, worse.whole,
                worse.whole_to_median,
                json ? (cheap ? "true" : "false") : (cheap ? "TOO CHEAP" : ""));
}

void print_deadline(const std::string& label, const Cost& small, const Cost& large, bool json) {
    const double scale = json ? 1 : 1'000;
    std::printf(json ? "{\"deadline\":\"%s\",\"executeNs\":%.0f,\"commitNs\":%.0f,"
                       "\"records\":%.1f,\"writes\":%zu,\"largeNs\":%.0f}\n"
                     : "%-44s %9.1f %9.1f %9.1f %9zu %9.1f\n",
                label.c_str(), small.execute() / scale, small.commit() / scale,
                small.records / static_cast<double>(small.count), small.most_writes,
                large.total() / scale);
}

const Cost& at(const std::map<std::string, Cost>& costs, const std::string& label) {
    static const Cost kNone;
    const auto found = costs.find(label);
    return found == costs.end() ? kNone : found->second;
}

}  // namespace

std::vector<Rate> rates_of(const Prices& prices, double recovery_ns) {
    std::vector<Rate> out;
    std::vector<double> own;
    std::vector<double> whole;
    for (const Row& row : prices.rows) {
        const double envelope = recovery_ns + prices.fees.total();
        out.push_back({.own = per_gas(row.own_ns(), row.own_gas()),
                       .whole = per_gas(envelope + row.own_ns(), row.cost.gas)});
        own.push_back(out.back().own);
        whole.push_back(out.back().whole);
    }
    const double median_own = median_of(own);
    const double median_whole = median_of(whole);
    for (Rate& rate : out) {
        rate.own_to_median = rate.own / median_own;
        rate.whole_to_median = rate.whole / median_whole;
    }
    return out;
}

std::size_t print(const Prices& small, const Prices& large, double recovery_ns, bool json) {
    const auto at_small = rates_of(small, recovery_ns);
    const auto at_large = rates_of(large, recovery_ns);
    if (!json)
        std::printf(
            "microseconds                  %-24s %8s %7s | %8s %7s %8s | %8s %8s | %12s | "
            "%12s\n%-29s %-24s %8s %7s | %8s %7s %8s | %8s %8s | %6s %5s | %6s %5s\n",
            "", "", "", "small", "", "", "small", "large", "own", "whole", "message", "case", "gas",
            "records", "execute", "commit", "later", "own", "own", "ns/gas", "ratio", "ns/gas",
            "ratio");
    std::size_t cheap = 0;
    for (std::size_t i = 0; i < small.rows.size(); ++i) {
        const bool both = i < large.rows.size();
        const Rate second = both ? at_large[i] : Rate{};
        print_row(small.rows[i], both ? large.rows[i] : Row{}, at_small[i], second, json);
        if (at_small[i].too_cheap() || second.too_cheap()) ++cheap;
    }
    std::printf(json ? "{\"envelope\":{\"gas\":%llu,\"recoveryNs\":%.0f,\"feesSmallNs\":%.0f,"
                       "\"feesLargeNs\":%.0f}}\n"
                     : "\nany transaction: gas %llu, recovery %.0f ns, fee and nonce %.0f ns at "
                       "the small and %.0f ns at the large state\n\n",
                static_cast<unsigned long long>(kTxGas), recovery_ns, small.fees.total(),
                large.fees.total());
    if (!json)
        std::printf("%-44s %9s %9s %9s %9s %9s\n", "deadline, microseconds", "execute", "commit",
                    "records", "writes", "large");
    for (const auto& [label, cost] : small.deadlines)
        print_deadline(label, cost, at(large.deadlines, label), json);
    if (!json) std::printf("\n%zu of %zu too cheap\n", cheap, small.rows.size());
    return cheap;
}

}  // namespace assay::bench
