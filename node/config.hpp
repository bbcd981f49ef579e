// Owns the node's configuration: every key, its default and its meaning.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chain/base/result.hpp"

namespace assay::node {

struct NodeConfig {
    struct Rpc {
        std::string address = "127.0.0.1";
        std::uint16_t port = 8545;
        std::uint32_t threads = 2;
        std::uint32_t max_connections = 1'000;
        std::uint64_t requests_per_second = 0;  // 0: unlimited
        std::vector<std::string> cors_origins = {"*"};
    } rpc;
    struct Engine {
        std::uint32_t empty_block_interval_ms = 1'000;
    } engine;
    struct Metrics {
        std::string address = "127.0.0.1";
        std::uint16_t port = 26'660;  // 0: off
    } metrics;
    struct Log {
        std::string level = "info";  // trace, debug, info, warn, error
    } log;
};

// The file's text with every key, its default and a comment: what `assayd init` writes.
std::string default_config_text();
// Strict TOML: an unknown key or a value out of range is refused by name. ASSAYD_<SECTION>_<KEY> in
// the environment overrides a key.
Result<NodeConfig> parse_config(const std::string& text);
Result<NodeConfig> load_config(const std::string& path);

}  // namespace assay::node
