// GET requests as calls: the path names the method, the query its arguments.
#include "rpc/comet/comet_api.hpp"
#include "rpc/comet/encoding.hpp"

namespace assay::rpc::comet {

namespace {

// CometBFT answers URIs with this id.
constexpr std::string_view kUriId = "-1";
constexpr std::string_view kErrorBegin = R"({"jsonrpc":"2.0","id":-1,"error":)";

HttpReply refusal(unsigned status, RpcError error) {
    JsonBuffer body;
    put_error(body, kUriId, CometApi::reword(std::move(error)));
    return {.status = status, .body = std::string(text_of(body))};
}

std::string list_of_endpoints(const Dispatcher& dispatcher) {
    std::string out = "<html><body><br>Available endpoints:<br>";
    for (const Method* method : dispatcher.methods()) {
        out += "/" + method->name;
        for (std::size_t i = 0; i < method->params.size(); ++i)
            out += (i == 0 ? "?" : "&amp;") + method->params[i].name + "=_";
        out += "<br>";
    }
    return out + "</body></html>";
}

bool needs_websocket(std::string_view method) {
    return method.starts_with("subscribe") || method.starts_with("unsubscribe");
}

}  // namespace

HttpRoutes CometApi::routes(const Dispatcher& dispatcher) const {
    HttpRoutes out;
    out.all = [this, &dispatcher](std::string_view target, const std::shared_ptr<Session>& session,
                                  const HttpRoutes::Answer& answer) {
        const std::size_t question = std::min(target.find('?'), target.size());
        const std::string_view path = target.substr(0, question);
        if (path == "/" || path.empty())
            return answer({.content_type = "text/html", .body = list_of_endpoints(dispatcher)});
        const auto specs = specs_.find(path.substr(1));
        if (specs == specs_.end())
            return answer(
                {.status = 404, .content_type = "text/plain", .body = "404 page not found\n"});
        if (needs_websocket(specs->first))
            return answer(refusal(404, error_of(ErrorCode::method_not_found, "")));
        const std::string_view query =
            question < target.size() ? target.substr(question + 1) : std::string_view();
        const auto params = params_of_uri(specs->second, query);
        if (!params)
            return answer(
                refusal(500, invalid_params("error converting http params to arguments: " +
                                            params.error().message)));
        std::string message = R"({"jsonrpc":"2.0","id":-1,"method":")" + specs->first +
                              R"(","params":)" + *params + "}";
        dispatcher.handle(message.data(), session, [answer](const JsonBuffer& reply) {
            std::string body(text_of(reply));
            const bool failed = body.starts_with(kErrorBegin);
            answer({.status = failed ? 500U : 200U, .body = std::move(body)});
        });
    };
    return out;
}

}  // namespace assay::rpc::comet
