// Reading, matching and finding logs.
#include "rpc/eth/logs.hpp"

#include <algorithm>

#include "rpc/eth/json_block.hpp"

namespace assay::rpc {

namespace {

constexpr std::size_t kPositions = 4;

template <class T>
Rpc<std::vector<T>> read_some(const JsonValue& value, Result<T> (*read)(const JsonValue&),
                              const char* name, std::size_t limit) {
    std::vector<T> out;
    const auto bad = [&](const std::string& why) {
        return invalid_params("invalid argument 0: " + std::string(name) + ": " + why);
    };
    const std::size_t count = value.IsArray() ? value.Size() : 1;
    if (count > limit)
        return bad("exceed max " + std::string(name) + ": at most " + std::to_string(limit));
    for (std::size_t i = 0; i < count; ++i) {
        const JsonValue& item =
            value.IsArray() ? value[static_cast<rapidjson::SizeType>(i)] : value;
        if (value.IsArray() && item.IsNull()) return std::vector<T>{};  // null among many: any
        const auto got = read(item);
        if (!got) return bad(got.error().message);
        out.push_back(*got);
    }
    return out;
}

Rpc<std::optional<BlockRef>> read_end(const JsonValue& value, const char* name) {
    const JsonValue* member = find_member(value, name);
    if (member == nullptr) return std::optional<BlockRef>();
    const auto ref = read_block_ref(*member);
    if (!ref)
        return invalid_params("invalid argument 0: " + std::string(name) + ": " +
                              ref.error().message);
    return std::optional<BlockRef>(*ref);
}

template <class T>
bool any_in_bloom(const Bloom& bloom, const std::vector<T>& items) {
    return items.empty() || std::any_of(items.begin(), items.end(),
                                        [&](const T& item) { return may_contain(bloom, item); });
}

}  // namespace

bool LogFilter::matches(const Log& log) const {
    if (!addresses.empty() &&
        std::find(addresses.begin(), addresses.end(), log.address) == addresses.end())
        return false;
    if (topics.size() > log.topics.size()) return false;
    for (std::size_t i = 0; i < topics.size(); ++i)
        if (!topics[i].empty() &&
            std::find(topics[i].begin(), topics[i].end(), log.topics[i]) == topics[i].end())
            return false;
    return true;
}

bool LogFilter::may_match(const Bloom& bloom) const {
    return any_in_bloom(bloom, addresses) &&
           std::all_of(topics.begin(), topics.end(),
                       [&](const auto& position) { return any_in_bloom(bloom, position); });
}

Rpc<LogFilter> read_log_filter(const JsonValue& value, const EthLimits& limits) {
    if (!value.IsObject()) return invalid_params("invalid argument 0: expected a filter object");
    LogFilter out;
    if (const JsonValue* address = find_member(value, "address")) {
        auto addresses = read_some(*address, &read_address, "address", limits.log_addresses);
        if (!addresses) return addresses.error();
        out.addresses = std::move(*addresses);
    }
    const JsonValue* topics = find_member(value, "topics");
    if (topics == nullptr) return out;
    if (!topics->IsArray() || topics->Size() > kPositions)
        return invalid_params("invalid argument 0: topics: expected an array of at most 4");
    for (const auto& position : topics->GetArray()) {
        if (position.IsNull()) {
            out.topics.emplace_back();
            continue;
        }
        auto alternatives = read_some(position, &read_hash, "topics", limits.log_topics);
        if (!alternatives) return alternatives.error();
        out.topics.push_back(std::move(*alternatives));
    }
    return out;
}

Rpc<LogQuery> read_log_query(const JsonValue& value, const EthLimits& limits) {
    auto filter = read_log_filter(value, limits);
    if (!filter) return filter.error();
    LogQuery out{.filter = std::move(*filter), .block_hash = {}, .from = {}, .to = {}};
    auto from = read_end(value, "fromBlock");
    if (!from) return from.error();
    auto to = read_end(value, "toBlock");
    if (!to) return to.error();
    out.from = *from;
    out.to = *to;
    if (const JsonValue* hash = find_member(value, "blockHash")) {
        const auto got = read_hash(*hash);
        if (!got) return invalid_params("invalid argument 0: blockHash: " + got.error().message);
        if (out.from || out.to)
            return invalid_params(
                "invalid argument 0: cannot specify both BlockHash and FromBlock/ToBlock, choose "
                "one or the other");
        out.block_hash = *got;
    }
    return out;
}

void match_block(const FullBlockPtr& block, const LogFilter& filter, std::vector<LogPlace>& out) {
    for (std::size_t i = 0; i < block->receipts.size(); ++i) {
        const auto& logs = block->receipts[i].logs;
        for (std::size_t j = 0; j < logs.size(); ++j)
            if (filter.matches(logs[j])) out.push_back({.block = block, .tx = i, .log = j});
    }
}

Rpc<std::vector<LogPlace>> find_logs(const Backend& backend, const Blocks& blocks,
                                     const LogFilter& filter, std::uint64_t from, std::uint64_t to,
                                     const EthLimits& limits) {
    std::vector<LogPlace> out;
    to = std::min(to, blocks.latest());
    if (from > to) return out;
    if (const auto first = backend.index.earliest_height(); from < first)
        return server_error("history before block " + std::to_string(first) +
                            " is not available: pruned");
    if (to - from >= limits.log_blocks)
        return error_of(ErrorCode::limit_exceeded,
                        "block range too large: query exceeds max block range " +
                            std::to_string(limits.log_blocks));
    for (std::uint64_t height = from; height <= to; ++height) {
        const auto info = backend.index.block(height);
        if (!info || !filter.may_match(info->header.logs_bloom)) continue;
        if (const auto block = blocks.full(height)) match_block(block, filter, out);
        if (out.size() > limits.log_results)
            return error_of(
                ErrorCode::limit_exceeded,
                "query returned more than " + std::to_string(limits.log_results) + " results");
    }
    return out;
}

Rpc<std::vector<LogPlace>> find_logs(const Backend& backend, const Blocks& blocks,
                                     const LogQuery& query, const EthLimits& limits) {
    if (query.block_hash) {
        const auto height = backend.index.height_of(*query.block_hash);
        if (!height) return server_error("unknown block");
        return find_logs(backend, blocks, query.filter, *height, *height, limits);
    }
    const std::uint64_t latest = blocks.latest();
    const auto end = [&](const std::optional<BlockRef>& ref) -> std::optional<std::uint64_t> {
        if (!ref) return latest;
        if (ref->kind == BlockRef::Kind::number) return ref->number;
        return blocks.height_of(*ref);
    };
    const auto from = end(query.from);
    const auto to = end(query.to);
    if (!from || !to) return server_error("unknown block");
    // Two numbers in the wrong order are a mistake; a range that begins after the newest block is
    // what a client asks that waits for the next one.
    const bool both = query.from && query.to && query.from->kind == BlockRef::Kind::number &&
                      query.to->kind == BlockRef::Kind::number;
    if (both && *from > *to) return invalid_params("invalid block range params");
    return find_logs(backend, blocks, query.filter, *from, *to, limits);
}

void put_logs(JsonWriter& out, const std::vector<LogPlace>& logs) {
    out.StartArray();
    for (const auto& place : logs) put_log(out, *place.block, place.tx, place.log);
    out.EndArray();
}

}  // namespace assay::rpc
