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

// As text(), and the empty one is good.
Key optional_text(const std::string& name, std::string& out) {
    return {[=, &out](const toml::node& node) -> Result<void> {
        const auto value = node.value_exact<std::string>();
        if (!value) return failure(name + " must be a text");
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
    keys["comet.address"] = text("comet.address", config.comet.address);
    keys["comet.port"] = number("comet.port", config.comet.port, 0, 65'535);
    keys["engine.empty_block_interval_ms"] = number(
        "engine.empty_block_interval_ms", config.engine.empty_block_interval_ms, 10, 3'600'000);
    keys["engine.propose_timeout_ms"] =
        number("engine.propose_timeout_ms", config.engine.propose_timeout_ms, 10, 600'000);
    keys["engine.vote_timeout_ms"] =
        number("engine.vote_timeout_ms", config.engine.vote_timeout_ms, 10, 600'000);
    keys["engine.timeout_growth_ms"] =
        number("engine.timeout_growth_ms", config.engine.timeout_growth_ms, 1, 600'000);
    keys["p2p.address"] = text("p2p.address", config.p2p.address);
    keys["p2p.port"] = number("p2p.port", config.p2p.port, 0, 65'535);
    keys["p2p.external_address"] =
        optional_text("p2p.external_address", config.p2p.external_address);
    keys["p2p.persistent_peers"] = texts("p2p.persistent_peers", config.p2p.persistent_peers);
    keys["p2p.seeds"] = texts("p2p.seeds", config.p2p.seeds);
    keys["p2p.max_inbound"] = number("p2p.max_inbound", config.p2p.max_inbound, 0, 10'000);
    keys["p2p.max_outbound"] = number("p2p.max_outbound", config.p2p.max_outbound, 0, 1'000);
    keys["state_sync.trust_height"] =
        number("state_sync.trust_height", config.state_sync.trust_height, 0, INT64_MAX);
    keys["state_sync.trust_hash"] =
        optional_text("state_sync.trust_hash", config.state_sync.trust_hash);
    keys["state_sync.trust_period_s"] =
        number("state_sync.trust_period_s", config.state_sync.trust_period_s, 60, UINT32_MAX);
    keys["snapshots.interval"] =
        number("snapshots.interval", config.snapshots.interval, 0, UINT32_MAX);
    keys["snapshots.keep"] = number("snapshots.keep", config.snapshots.keep, 1, 8);
    keys["metrics.address"] = text("metrics.address", config.metrics.address);
    keys["metrics.port"] = number("metrics.port", config.metrics.port, 0, 65'535);
    keys["log.level"] =
        text("log.level", config.log.level, {"trace", "debug", "info", "warn", "error"});
    return keys;
}

// Values as TOML writes them. What may stand in the configuration needs no escapes but these.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string list(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const auto& text : texts) out += (out.size() == 1 ? "" : ", ") + quoted(text);
    return out + "]";
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

std::string config_text(const NodeConfig& config) {
    std::ostringstream out;
    const auto key = [&](const char* name, const std::string& value, const char* comment) {
        const std::string line = std::string(name) + " = " + value;
        out << line;
        if (*comment != 0)
            out << std::string(line.size() < 32 ? 32 - line.size() : 2, ' ') << "# " << comment;
        out << "\n";
    };
    const auto number = [](auto value) { return std::to_string(value); };
    out << "# Configuration of assayd. The environment overrides a key: rpc.port by "
           "ASSAYD_RPC_PORT.\n"
           "\n[rpc]\n";
    key("address", quoted(config.rpc.address), "loopback alone unless told otherwise");
    key("port", number(config.rpc.port),
        "Ethereum JSON-RPC, HTTP and WebSocket; 0 is any free one");
    key("threads", number(config.rpc.threads), "");
    key("max_connections", number(config.rpc.max_connections), "");
    key("requests_per_second", number(config.rpc.requests_per_second),
        "of all clients, batch items counted; 0 is unlimited");
    key("cors_origins", list(config.rpc.cors_origins), "web pages that may ask; [] forbids all");
    out << "\n[comet]\n";
    key("address", quoted(config.comet.address), "loopback alone unless told otherwise");
    key("port", number(config.comet.port), "RPC in CometBFT's form; 0 turns it off");
    out << "\n[p2p]\n";
    key("address", quoted(config.p2p.address), "");
    key("port", number(config.p2p.port), "other nodes connect here; 0 is any free one");
    key("external_address", quoted(config.p2p.external_address),
        "host:port that others are told, where it differs");
    key("persistent_peers", list(config.p2p.persistent_peers),
        "\"id@host:port\" of nodes to be always connected to");
    key("seeds", list(config.p2p.seeds), "\"id@host:port\" of nodes that know many others");
    key("max_inbound", number(config.p2p.max_inbound), "");
    key("max_outbound", number(config.p2p.max_outbound), "");
    out << "\n[engine]\n";
    key("empty_block_interval_ms", number(config.engine.empty_block_interval_ms),
        "an idle chain's blocks");
    key("propose_timeout_ms", number(config.engine.propose_timeout_ms),
        "how long a proposal is waited for");
    key("vote_timeout_ms", number(config.engine.vote_timeout_ms),
        "and the last votes once two thirds are here");
    key("timeout_growth_ms", number(config.engine.timeout_growth_ms),
        "added with every further round of a height");
    out << "\n[state_sync]\n";
    key("trust_height", number(config.state_sync.trust_height),
        "an empty node begins with a snapshot, proven from this header on; 0 turns it off");
    key("trust_hash", quoted(config.state_sync.trust_hash),
        "the header's hash, from somebody you trust");
    key("trust_period_s", number(config.state_sync.trust_period_s),
        "an older header is refused; shorter than stake takes to unbond");
    out << "\n[snapshots]\n";
    key("interval", number(config.snapshots.interval),
        "blocks from one to the next, for nodes that join; 0 makes none");
    key("keep", number(config.snapshots.keep), "");
    out << "\n[metrics]\n";
    key("address", quoted(config.metrics.address), "");
    key("port", number(config.metrics.port), "GET /metrics for Prometheus; 0 turns it off");
    out << "\n[log]\n";
    key("level", quoted(config.log.level), "trace, debug, info, warn, error");
    return out.str();
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
