// eth_getLogs, installed filters and subscriptions.
#include <algorithm>

#include "rpc/eth/eth_api.hpp"
#include "rpc/eth/json_block.hpp"

namespace assay::rpc {

namespace {

const MethodParam kFilter{.name = "filter", .type = "object"};
const MethodParam kId{.name = "id", .type = "string"};

Result<std::string> read_id(const JsonValue& value) {
    if (!value.IsString()) return failure("expected a filter id");
    return std::string(text_of(value));
}

RpcError no_filter() {
    return server_error("filter not found");
}

Outcome get_logs(EthApi& api, Call& call, const Params& params) {
    const JsonValue* given = params.find(0);
    if (given == nullptr) return invalid_params("missing value for required argument 0");
    const auto query = read_log_query(*given, api.limits);
    if (!query) return query.error();
    const auto found = find_logs(api.backend, api.blocks, *query, api.limits);
    if (!found) return found.error();
    put_logs(call.out, *found);
    return Done{};
}

Outcome install(EthApi& api, Call& call, Filter filter) {
    filter.next_height = api.blocks.latest() + 1;
    const auto id = api.filters.install(std::move(filter));
    if (!id) return id.error();
    put_string(call.out, *id);
    return Done{};
}

Outcome new_filter(EthApi& api, Call& call, const Params& params) {
    const JsonValue* given = params.find(0);
    if (given == nullptr) return invalid_params("missing value for required argument 0");
    auto query = read_log_query(*given, api.limits);
    if (!query) return query.error();
    return install(api, call, {.kind = std::move(*query)});
}

Outcome new_block_filter(EthApi& api, Call& call, const Params&) {
    return install(api, call, {.kind = BlockFilter{}});
}

Outcome new_pending_filter(EthApi& api, Call& call, const Params&) {
    return install(api, call, {.kind = PendingFilter{}});
}

Outcome uninstall(EthApi& api, Call& call, const Params& params) {
    const auto id = params.get(0, read_id);
    if (!id) return id.error();
    call.out.Bool(api.filters.uninstall(*id));
    return Done{};
}

// What a poll reports: a copy of the filter and the heights that are new to it.
struct Poll {
    Filter filter;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};

// Takes the news out of the filter. The range is bounded; the rest comes with the next poll.
Rpc<Poll> poll(EthApi& api, const std::string& id) {
    Poll out;
    const bool found = api.filters.with(id, [&](Filter& filter) {
        out.from = filter.next_height;
        out.to = std::min(api.blocks.latest(), out.from + api.limits.log_blocks - 1);
        if (out.to >= out.from) filter.next_height = out.to + 1;
        out.filter = filter;
        if (auto* pending = std::get_if<PendingFilter>(&filter.kind)) pending->hashes.clear();
    });
    if (!found) return no_filter();
    return out;
}

Outcome put_log_changes(EthApi& api, Call& call, const LogQuery& query, const Poll& news) {
    std::uint64_t to = news.to;
    if (query.to && query.to->kind == BlockRef::Kind::number) to = std::min(to, query.to->number);
    const auto found = find_logs(api.backend, api.blocks, query.filter, news.from, to, api.limits);
    if (!found) return found.error();
    put_logs(call.out, *found);
    return Done{};
}

Outcome get_filter_changes(EthApi& api, Call& call, const Params& params) {
    const auto id = params.get(0, read_id);
    if (!id) return id.error();
    const auto news = poll(api, *id);
    if (!news) return news.error();
    if (const auto* query = std::get_if<LogQuery>(&news->filter.kind))
        return put_log_changes(api, call, *query, *news);
    call.out.StartArray();
    if (const auto* pending = std::get_if<PendingFilter>(&news->filter.kind)) {
        for (const auto& hash : pending->hashes) put_data(call.out, hash);
    } else {
        for (std::uint64_t height = news->from; height <= news->to; ++height)
            if (const auto info = api.backend.index.block(height)) put_data(call.out, info->hash);
    }
    call.out.EndArray();
    return Done{};
}

Outcome get_filter_logs(EthApi& api, Call& call, const Params& params) {
    const auto id = params.get(0, read_id);
    if (!id) return id.error();
    std::optional<LogQuery> query;
    api.filters.with(*id, [&](Filter& filter) {
        if (const auto* logs = std::get_if<LogQuery>(&filter.kind)) query = *logs;
    });
    if (!query) return no_filter();
    const auto found = find_logs(api.backend, api.blocks, *query, api.limits);
    if (!found) return found.error();
    put_logs(call.out, *found);
    return Done{};
}

Outcome subscribe(EthApi& api, Call& call, const Params& params) {
    const auto name = params.get(0, read_id);
    if (!name) return name.error();
    Topic topic = Topic::new_heads;
    LogFilter filter;
    if (*name == "logs") {
        topic = Topic::logs;
        if (const JsonValue* given = params.find(1)) {
            auto read = read_log_filter(*given, api.limits);
            if (!read) return read.error();
            filter = std::move(*read);
        }
    } else if (*name == "newPendingTransactions") {
        const auto full = params.get_or(1, read_bool, false);
        if (!full) return full.error();
        topic = *full ? Topic::pending_full : Topic::pending_hashes;
    } else if (*name != "newHeads") {
        return invalid_params("no \"" + *name + "\" subscription in eth namespace");
    }
    const auto id = api.subscriptions.add(call.session, topic, std::move(filter));
    if (!id) return id.error();
    put_string(call.out, *id);
    return Done{};
}

Outcome unsubscribe(EthApi& api, Call& call, const Params& params) {
    const auto id = params.get(0, read_id);
    if (!id) return id.error();
    if (!api.subscriptions.remove(call.session, *id)) return server_error("subscription not found");
    call.out.Bool(true);
    return Done{};
}

}  // namespace

void add_log_methods(Dispatcher& dispatcher, EthApi& api) {
    const auto add = [&](const char* name, const char* summary, std::vector<MethodParam> params,
                         auto handler) {
        dispatcher.add({.name = name, .summary = summary, .params = std::move(params)},
                       [&api, handler](Call& call) -> Outcome {
                           const auto read = Params::of(call);
                           if (!read) return read.error();
                           return handler(api, call, *read);
                       });
    };
    add("eth_getLogs", "Logs of a block or range", {kFilter}, get_logs);
    add("eth_newFilter", "Installs a log filter", {kFilter}, new_filter);
    add("eth_newBlockFilter", "Installs a filter of block hashes", {}, new_block_filter);
    add("eth_newPendingTransactionFilter", "Installs a filter of waiting transactions", {},
        new_pending_filter);
    add("eth_uninstallFilter", "Removes a filter", {kId}, uninstall);
    add("eth_getFilterChanges", "What is new since the last poll", {kId}, get_filter_changes);
    add("eth_getFilterLogs", "All logs of a filter", {kId}, get_filter_logs);
    add("eth_subscribe", "newHeads, logs or newPendingTransactions (WebSocket)",
        {{.name = "topic", .type = "string"},
         {.name = "options", .type = "object", .required = false}},
        subscribe);
    add("eth_unsubscribe", "Ends a subscription", {kId}, unsubscribe);
}

}  // namespace assay::rpc
