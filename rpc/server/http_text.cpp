// HTTP replies as text.
#include "rpc/server/http_text.hpp"

#include <algorithm>

namespace assay::rpc {

namespace {

std::string_view reason_of(unsigned status) {
    switch (status) {
        case 200: return "OK";
        case 204: return "No Content";
        case 400: return "Bad Request";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 413: return "Payload Too Large";
        case 415: return "Unsupported Media Type";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 503: return "Service Unavailable";
        default: return "Status";
    }
}

bool is_header_list(std::string_view text) {
    return !text.empty() && text.size() <= 1'024 &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == ',' || c == ' ' || c == '_';
           });
}

}  // namespace

std::string response_head(const ResponseHead& head) {
    std::string out = "HTTP/1.1 " + std::to_string(head.status) + " ";
    out += reason_of(head.status);
    out += "\r\n";
    if (!head.content_type.empty()) {
        out += "Content-Type: ";
        out += head.content_type;
        out += "\r\n";
    }
    if (head.status != 204) out += "Content-Length: " + std::to_string(head.body_bytes) + "\r\n";
    out += head.keep_alive ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
    if (!head.allow_origin.empty())
        out += "Access-Control-Allow-Origin: " + head.allow_origin + "\r\nVary: Origin\r\n";
    out += head.extra;
    out += "\r\n";
    return out;
}

std::string preflight_headers(std::string_view requested_headers, bool private_network) {
    std::string out = "Access-Control-Allow-Methods: GET, POST, OPTIONS\r\n";
    out += "Access-Control-Allow-Headers: ";
    out += is_header_list(requested_headers) ? requested_headers : "Content-Type";
    out += "\r\nAccess-Control-Max-Age: 86400\r\n";
    if (private_network) out += "Access-Control-Allow-Private-Network: true\r\n";
    return out;
}

bool is_json_type(std::string_view content_type) {
    const std::string_view type = content_type.substr(0, content_type.find(';'));
    return type.empty() || type == "application/json" || type == "application/json-rpc" ||
           type == "application/jsonrequest";
}

HttpReply answer_get(const HttpRoutes& routes, std::string_view target) {
    const std::string_view path = target.substr(0, target.find('?'));
    if (const auto it = routes.exact.find(path); it != routes.exact.end())
        return it->second(target);
    if (path == "/health") return {.body = R"({"status":"ok"})"};
    if (path == "/ready") {
        const auto ready = routes.ready ? routes.ready() : Result<void>();
        if (ready) return {.body = R"({"status":"ready"})"};
        JsonBuffer body;
        JsonWriter out(body);
        out.StartObject();
        out.Key("status");
        out.String("not ready");
        out.Key("reason");
        put_string(out, ready.error().message);
        out.EndObject();
        return {.status = 503, .body = std::string(text_of(body))};
    }
    if (routes.fallback) return routes.fallback(target);
    return {.status = 404, .content_type = "text/plain", .body = "JSON-RPC is served by POST\n"};
}

}  // namespace assay::rpc
