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
    struct Comet {
        std::string address = "127.0.0.1";
        std::uint16_t port = 26'657;  // 0: off
        bool any_port = false;        // for devnets on free ports; no key
    } comet;
    struct P2p {
        std::string address = "0.0.0.0";
        std::uint16_t port = 26'656;                // 0: any free one
        std::string external_address;               // host:port that others are told; empty: none
        std::vector<std::string> persistent_peers;  // id@host:port
        std::vector<std::string> seeds;
        std::uint32_t max_inbound = 64;
        std::uint32_t max_outbound = 16;
    } p2p;
    struct Engine {
        std::uint32_t empty_block_interval_ms = 1'000;
        std::uint32_t propose_timeout_ms = 1'000;
        std::uint32_t vote_timeout_ms = 500;
        std::uint32_t timeout_growth_ms = 500;
    } engine;
    struct StateSync {
        std::uint64_t trust_height = 0;  // of a header to begin from; 0: off
        std::string trust_hash;          // its hash in hex
        std::uint32_t trust_period_s = 604'800;
    } state_sync;
    struct Snapshots {
        std::uint32_t interval = 10'000;  // blocks from one to the next; 0: none are made
        std::uint32_t keep = 2;
    } snapshots;
    struct Metrics {
        std::string address = "127.0.0.1";
        std::uint16_t port = 26'660;  // 0: off
    } metrics;
    struct Log {
        std::string level = "info";  // trace, debug, info, warn, error
    } log;
};

// The file's text with every key and what it means: what `assayd init` writes.
std::string config_text(const NodeConfig& config);
// Strict TOML: an unknown key or a value out of range is refused by name. ASSAYD_<SECTION>_<KEY> in
// the environment overrides a key.
Result<NodeConfig> parse_config(const std::string& text);
Result<NodeConfig> load_config(const std::string& path);

}  // namespace assay::node
