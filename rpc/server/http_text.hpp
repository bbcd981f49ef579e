// Owns the text of HTTP replies: status lines, headers, CORS and the GET routes.
#pragma once

#include "rpc/server/server.hpp"

namespace assay::rpc {

struct ResponseHead {
    unsigned status = 200;
    std::string_view content_type;  // empty for no body
    std::size_t body_bytes = 0;
    bool keep_alive = true;
    std::string allow_origin;  // empty: no CORS header
    std::string_view extra;    // whole header lines
};

// The reply's first lines, the blank one included.
std::string response_head(const ResponseHead& head);
// The header lines that answer a CORS preflight, beside the allowed origin.
std::string preflight_headers(std::string_view requested_headers, bool private_network);
// True for JSON content types, with or without parameters, and for none at all.
bool is_json_type(std::string_view content_type);
// /health, /ready, then the routes.
HttpReply answer_get(const HttpRoutes& routes, std::string_view target);

}  // namespace assay::rpc
