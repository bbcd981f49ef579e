// subscribe and unsubscribe over WebSocket.
#include "rpc/comet/comet_api.hpp"

namespace assay::rpc::comet {

namespace {

const std::vector<ArgSpec> kQuery{{"query", ArgKind::text}};

std::string json_of(const JsonValue* value) {
    if (value == nullptr) return "null";
    JsonBuffer buffer;
    JsonWriter writer(buffer);
    value->Accept(writer);
    return std::string(text_of(buffer));
}

Outcome answer(Call& call, const Result<void>& done) {
    if (!done) return internal(done.error().message);
    call.out.StartObject();
    call.out.EndObject();
    return Done{};
}

// By HTTP the methods do not exist, as in CometBFT.
std::optional<RpcError> refuse_http(const Call& call) {
    if (call.session->can_push()) return std::nullopt;
    return error_of(ErrorCode::method_not_found, "subscriptions need a WebSocket");
}

Outcome subscribe(CometApi& api, const Args& args, Call& call) {
    if (auto refusal = refuse_http(call)) return *refusal;
    const auto query = args.text(0);
    if (!query) return invalid_params(query.error().message);
    return answer(call, api.events.subscribe(call.session, json_of(call.id), *query));
}

Outcome unsubscribe(CometApi& api, const Args& args, Call& call) {
    if (auto refusal = refuse_http(call)) return *refusal;
    const auto query = args.text(0);
    if (!query) return invalid_params(query.error().message);
    return answer(call, api.events.unsubscribe(call.session, *query));
}

Outcome unsubscribe_all(CometApi& api, const Args&, Call& call) {
    if (auto refusal = refuse_http(call)) return *refusal;
    return answer(call, api.events.unsubscribe_all(call.session));
}

}  // namespace

void add_event_methods(Dispatcher& dispatcher, CometApi& api) {
    api.add(dispatcher, "subscribe", "Events that match a query, each a reply to this call", kQuery,
            subscribe);
    api.add(dispatcher, "unsubscribe", "Ends a subscription", kQuery, unsubscribe);
    api.add(dispatcher, "unsubscribe_all", "Ends all of this connection", {}, unsubscribe_all);
}

}  // namespace assay::rpc::comet
