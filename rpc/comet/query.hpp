// Owns Query: the conditions of CometBFT's event queries, as tx_search and subscribe take them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "chain/base/result.hpp"

namespace assay::rpc::comet {

inline constexpr std::size_t kMaxQueryBytes = 512;

// What happened, by composite key: "tm.event", "tx.height", "transfer.sender".
using EventMap = std::map<std::string, std::vector<std::string>>;

enum class Comparison { equal, less, less_equal, greater, greater_equal, contains, exists };

struct Condition {
    std::string key;
    Comparison comparison = Comparison::equal;
    std::string value;
    bool number = false;  // the value stands without quotes
};

struct Query {
    std::vector<Condition> conditions;  // all must hold
    bool matches(const EventMap& events) const;
    // The one condition on this key; nullptr without one.
    const Condition* find(std::string_view key) const;
};

// Condition {"AND" condition}; dates and times are refused by name: nothing here has any.
Result<Query> parse_query(std::string_view text);

}  // namespace assay::rpc::comet
