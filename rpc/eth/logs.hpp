// Owns log queries: their limits, matching, and the walk over blocks that the bloom allows.
#pragma once

#include "rpc/eth/blocks.hpp"

namespace assay::rpc {

// Addresses and, per position, topics: any of a set; an empty set matches all.
struct LogFilter {
    std::vector<Address> addresses;
    std::vector<std::vector<Hash256>> topics;

    bool matches(const Log& log) const;
    // False when the block certainly has no such log.
    bool may_match(const Bloom& bloom) const;
};

struct LogQuery {
    LogFilter filter;
    std::optional<Hash256> block_hash;  // instead of the range
    std::optional<BlockRef> from;
    std::optional<BlockRef> to;
};

// address: one or many; topics: null, one or many at each of four positions.
Rpc<LogFilter> read_log_filter(const JsonValue& value, const EthLimits& limits);
Rpc<LogQuery> read_log_query(const JsonValue& value, const EthLimits& limits);

// Where a log is.
struct LogPlace {
    FullBlockPtr block;
    std::size_t tx = 0;
    std::size_t log = 0;
};

// Adds the block's matching logs.
void match_block(const FullBlockPtr& block, const LogFilter& filter, std::vector<LogPlace>& out);
// The matching logs of heights from..to, both included and within the latest; refuses a range or a
// result beyond the limits before it is walked or grows.
Rpc<std::vector<LogPlace>> find_logs(const Backend& backend, const Blocks& blocks,
                                     const LogFilter& filter, std::uint64_t from, std::uint64_t to,
                                     const EthLimits& limits);
Rpc<std::vector<LogPlace>> find_logs(const Backend& backend, const Blocks& blocks,
                                     const LogQuery& query, const EthLimits& limits);

void put_logs(JsonWriter& out, const std::vector<LogPlace>& logs);

}  // namespace assay::rpc
