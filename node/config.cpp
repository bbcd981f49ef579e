// TOML in, checked values out.
#include "node/config.hpp"

#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <toml++/toml.h>

namespace assay::node {

namespace {

// One key: how to take a value of it, given as text or as TOML.
struct Key {
    std::function<Result<void>(const toml::node&)> take;
};

template <class Number>
Key number(const std::string& name, Number& out, std::uint64_t low, std::uint64_t high) {
    return {[=, &out](const toml::node& node) -> Result<void> {
        const auto value = node.value_exact<std::int64_t>();
        if (!value || *value < 0 || static_cast<std::uint64_t>(*value) < low ||
            static_cast<std::uint64_t>(*value) > high)
            return failure(name + " must be a whole number from " + std::to_string(low) + " to " +
                           std::to_string(high));
        out = static_cast<Number>(*value);
        return {};
    }};
}

Key text(const std::string& name, std::string& out, std::vector<std::string> allowed = {}) {
    return {[=, &out](const toml::node& node) -> Result<void> {
        const auto value = node.value_exact<std::string>();
        if (!value || value->empty()) return failure(name + " must be a text");
        bool good = allowed.empty();
        std::string list;
        for (const auto& one : allowed) {
            good = good || one == *value;
            list += (list.empty() ? "" : ", ") + one;
        }
        if (!good) return failure(name + " must be one of " + list);
        out = *value;
        return {};
    }};
}

Key texts(const std::string& name, std::vector<std::string>& out) {
    return {[=, &out](const toml::node& node) -> Result<void> {
        const toml::array* array = node.as_array();
        if (array == nullptr) return failure(name + " must be a list of texts");
        out.clear();
        for (const auto& item : *array) {
            const auto value = item.value_exact<std::string>();
            if (!value) return failure(name + " must be a list of texts");
            out.push_back(*value);
        }
        return {};
    }};
}

std::map<std::string, Key> keys_of(NodeConfig& config) {
    std::map<std::string, Key> keys;
    keys["rpc.address"] = text("rpc.address", config.rpc.address);
    keys["rpc.port"] = number("rpc.port", config.rpc.port, 0, 65'535);
    keys["rpc.threads"] = number("rpc.threads", config.rpc.threads, 1, 256);
    keys["rpc.max_connections"] =
        number("rpc.max_connections", config.rpc.max_connections, 1, 100'000);
    keys["rpc.requests_per_second"] =
        number("rpc.requests_per_second", config.rpc.requests_per_second, 0, 100'000'000);
    keys["rpc.cors_origins"] = texts("rpc.cors_origins", config.rpc.cors_origins);
    keys["engine.empty_block_interval_ms"] = number(
        "engine.empty_block_interval_ms", config.engine.empty_block_interval_ms, 10, 3'600'000);
    keys["metrics.address"] = text("metrics.address", config.metrics.address);
    keys["metrics.port"] = number("metrics.port", config.metrics.port, 0, 65'535);
    keys["log.level"] =
        text("log.level", config.log.level, {"trace", "debug", "info", "warn", "error"});
    return keys;
}

// ASSAYD_RPC_PORT for rpc.port.
std::string environment_name(std::string key) {
    for (char& c : key) c = c == '.' ? '_' : static_cast<char>(std::toupper(c));
    return "ASSAYD_" + key;
}

Result<void> take_environment(const std::map<std::string, Key>& keys) {
    for (const auto& [name, key] : keys) {
        const char* value = std::getenv(environment_name(name).c_str());
        if (value == nullptr) continue;
        const std::string given = value;
        toml::parse_result parsed;
        try {
            parsed = toml::parse("value = " + given);
        } catch (const toml::parse_error&) {
            parsed = toml::parse_result();
            parsed.insert("value", given);  // a bare word is a text
        }
        if (auto taken = key.take(*parsed.get("value")); !taken)
            return failure(environment_name(name) + ": " + taken.error().message);
    }
    return {};
}

}  // namespace

std::string default_config_text() {
    return R"(# Configuration of assayd. Every key stands here with its default. The environment
# overrides a key: rpc.port by ASSAYD_RPC_PORT.

[rpc]
address = "127.0.0.1"        # listens on loopback unless told otherwise
port = 8545                  # Ethereum JSON-RPC over HTTP and WebSocket; 0 takes any free port
threads = 2
max_connections = 1000
requests_per_second = 0      # for all clients together, batch items counted; 0 is unlimited
cors_origins = ["*"]         # web pages that may ask; an empty list forbids all

[engine]
empty_block_interval_ms = 1000   # an idle chain's blocks

[metrics]
address = "127.0.0.1"
port = 26660                 # GET /metrics for Prometheus; 0 turns it off

[log]
level = "info"               # trace, debug, info, warn, error
)";
}

Result<NodeConfig> parse_config(const std::string& text) {
    NodeConfig config;
    const auto keys = keys_of(config);
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        return failure("configuration, line " + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description()));
    }
    for (const auto& [section, node] : table) {
        const toml::table* inner = node.as_table();
        if (inner == nullptr)
            return failure("configuration: unknown key " + std::string(section.str()));
        for (const auto& [name, value] : *inner) {
            const std::string path = std::string(section.str()) + "." + std::string(name.str());
            const auto key = keys.find(path);
            if (key == keys.end()) return failure("configuration: unknown key " + path);
            if (auto taken = key->second.take(value); !taken)
                return failure("configuration: " + taken.error().message);
        }
    }
    if (auto taken = take_environment(keys); !taken) return taken.error();
    return config;
}

Result<NodeConfig> load_config(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return failure("cannot read the configuration " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return parse_config(text.str());
}

}  // namespace assay::node
