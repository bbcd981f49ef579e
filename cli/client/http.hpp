// Owns one HTTP POST to a node.
#pragma once

#include <string>

#include "cli/terminal/outcome.hpp"

namespace assay::cli {

// "http://127.0.0.1:8545/path".
struct Endpoint {
    std::string url;
    std::string host;
    std::string port;
    std::string path;
};

// Refuses https: the node's own port speaks plain HTTP; a proxy or a tunnel adds TLS.
Outcome<Endpoint> parse_endpoint(const std::string& url);

// Returns the body of any answer with status 200; connection problems are Exit::unreachable and
// name the URL and how to start a node. No retries.
Outcome<std::string> http_post(const Endpoint& endpoint, const std::string& body,
                               std::uint32_t timeout_s);

}  // namespace assay::cli
