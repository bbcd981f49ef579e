// Genesis with the accounts of a workload, and waiting until a node answers.
#include "bench/load/targets.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <rapidjson/document.h>
#include <sstream>
#include <thread>

#include "bench/load/connection.hpp"
#include "genesis/genesis.hpp"

namespace assay::bench {

namespace {

constexpr std::uint64_t kSenderTokens = 10'000;
constexpr std::uint64_t kRevealSeconds = 86'400;
constexpr std::uint64_t kMemoryMb = 6'000;

Amount tokens(std::uint64_t count) {
    return Amount::from_raw(static_cast<u128>(kTokenUnits) * count);
}

Result<void> write_genesis(const std::filesystem::path& path, const WorkloadSize& size,
                           const std::vector<Sender>& senders, std::uint64_t accounts) {
    auto doc = load_genesis(path.string());
    if (!doc) return doc.error();
    // What was committed before the clock starts is revealed until it stops.
    doc->modules.market.reveal_window_s = kRevealSeconds;
    for (const auto& sender : senders)
        doc->accounts.push_back({.address = sender.address, .balance = tokens(kSenderTokens)});
    for (std::uint64_t i = 0; i < accounts; ++i)
        doc->accounts.push_back({.address = bulk_account(size.seed, i), .balance = tokens(1)});
    std::ofstream file(path);
    file << to_json(*doc);
    if (!file.flush()) return failure("cannot write " + path.string());
    return {};
}

// Starts nodes, and reads where they are.
Result<Target> start_program(const std::vector<std::string>& command, const std::string& log) {
    auto process = Process::start(command, log, kMemoryMb);
    if (!process) return process.error();
    const auto line = process->read_line();
    if (!line) return line.error();
    rapidjson::Document ready;
    ready.Parse(*line);
    if (ready.HasParseError() || !ready.HasMember("rpc"))
        return failure("assayd is not ready: " + *line);
    const std::string url = ready["rpc"][0].GetString();
    Target out;
    out.port = static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1)));
    if (ready.HasMember("pids"))
        for (const auto& pid : ready["pids"].GetArray()) out.nodes.push_back(pid.GetInt());
    else
        out.nodes.push_back(process->pid());
    out.process = std::move(*process);
    return out;
}

// Runs a devnet of what is in `home`.
Result<Target> start_home(const std::string& program, const std::filesystem::path& home,
                          std::size_t validators = 1) {
    return start_program({program, "devnet", "--home", home.string(), "--rpc-port", "0",
                          "--validators", std::to_string(validators)},
                         home.string() + ".log");
}

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::ostringstream out;
    if (!(out << file.rdbuf())) return failure("cannot read " + path.string());
    return out.str();
}

// What follows `key = ` in a section of assayd.toml, up to a comment or the line's end.
std::string setting(const std::string& toml, const std::string& section, const std::string& key) {
    std::istringstream lines(toml);
    bool here = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('[')) here = line == '[' + section + ']';
        if (!here || !line.starts_with(key + " = ")) continue;
        const auto value = line.substr(key.size() + 3);
        return value.substr(0, value.find("  #"));
    }
    return {};
}

// Samples of one metric, whatever their labels.
double sum_in(std::string_view text, const std::string& name) {
    double out = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto line = text.substr(at, text.find('\n', at) - at);
        at += line.size() + 1;
        const bool whole =
            line.size() > name.size() && (line[name.size()] == ' ' || line[name.size()] == '{');
        if (whole && line.starts_with(name))
            out += std::stod(std::string(line.substr(line.rfind(' ') + 1)));
    }
    return out;
}

Result<void> fund_on_anvil(HttpClient& client, const std::vector<Sender>& senders) {
    std::string body = "[";
    for (std::size_t i = 0; i < senders.size(); ++i) {
        body += R"({"jsonrpc":"2.0","id":1,"method":"anvil_setBalance","params":[")" +
                to_hex0x(senders[i].address) + R"(","0x21e19e0c9bab2400000"]})";
        const bool full = (i + 1) % 500 == 0 || i + 1 == senders.size();
        body += full ? ']' : ',';
        if (!full) continue;
        const auto answer = client.call(body);
        if (!answer) return answer.error();
        if (answer->find("\"error\"") != std::string_view::npos)
            return failure("anvil_setBalance was refused");
        body = "[";
    }
    return {};
}

}  // namespace

double Target::cpu_seconds() const {
    double out = 0;
    for (const int node : nodes) out += bench::cpu_seconds(node);
    return out;
}

double Target::peak_mb() const {
    double out = 0;
    for (const int node : nodes) out = std::max(out, bench::peak_mb(node));
    return out;
}

void Target::reset_peak() const {
    for (const int node : nodes) bench::reset_peak(node);
}

Result<Target> start_validators(const std::string& program, const std::filesystem::path& home,
                                std::size_t validators, const WorkloadSize& size,
                                const std::vector<Sender>& senders) {
    const auto made = run_to_end({program, "devnet", "--home", home.string(), "--rpc-port", "0",
                                  "--validators", std::to_string(validators), "--prepare-only"});
    if (!made) return made.error();
    for (std::size_t i = 0; i < validators; ++i) {
        const auto genesis = home / ("node" + std::to_string(i)) / "genesis.json";
        if (auto written = write_genesis(genesis, size, senders, 0); !written)
            return written.error();
    }
    auto out = start_home(program, home, validators);
    if (out) out->reset_peak();
    return out;
}

Result<Target> start_assayd(const std::string& program, const std::filesystem::path& home,
                            const WorkloadSize& size, const std::vector<Sender>& senders,
                            std::uint64_t accounts) {
    if (auto made = run_to_end({program, "init", "--home", home.string()}); !made)
        return made.error();
    if (auto written = write_genesis(home / "genesis.json", size, senders, accounts); !written)
        return written.error();
    {
        auto built = start_home(program, home);
        if (!built) return built.error();
    }
    auto out = start_home(program, home);
    if (out) out->reset_peak();
    return out;
}

Result<Target> start_observer(const std::string& program, const std::filesystem::path& nodes) {
    const auto home = nodes / "observer";
    const auto made = run_to_end({program, "init", "--home", home.string(), "--genesis",
                                  (nodes / "node0" / "genesis.json").string()});
    if (!made) return made.error();
    const auto toml = read_file(nodes / "node0" / "assayd.toml");
    if (!toml) return toml.error();
    std::ofstream file(home / "assayd.toml");
    file << "[rpc]\nport = 0\n[comet]\nport = 0\n[metrics]\nport = 0\n[p2p]\n"
         << "address = \"127.0.0.1\"\nport = 0\npersistent_peers = "
         << setting(*toml, "p2p", "persistent_peers") << '\n';
    if (!file.flush()) return failure("cannot write the observer's assayd.toml");
    file.close();
    return start_program({program, "start", "--home", home.string()}, nodes.string() + ".log");
}

Result<double> sum_of_metric(const std::filesystem::path& home, std::size_t validators,
                             const std::string& name) {
    double out = 0;
    for (std::size_t i = 0; i < validators; ++i) {
        const auto toml = read_file(home / ("node" + std::to_string(i)) / "assayd.toml");
        if (!toml) return toml.error();
        auto client = HttpClient::connect(
            static_cast<std::uint16_t>(std::stoul(setting(*toml, "metrics", "port"))));
        if (!client) return client.error();
        const auto text = client->exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
        if (!text) return text.error();
        out += sum_in(*text, name);
    }
    return out;
}

Result<Target> start_anvil(const std::string& program, const std::string& log,
                           const WorkloadSize& size, const std::vector<Sender>& senders,
                           unsigned block_time_s) {
    const auto port = free_port();
    if (!port) return port.error();
    std::vector<std::string> command{program,       "--silent",
                                     "--port",      std::to_string(*port),
                                     "--chain-id",  std::to_string(size.chain_id),
                                     "--gas-limit", "2000000000"};
    if (block_time_s > 0)
        command.insert(command.end(), {"--block-time", std::to_string(block_time_s)});
    Target out;
    out.port = *port;
    auto process = Process::start(command, log, kMemoryMb);
    if (!process) return process.error();
    out.process = std::move(*process);
    // It says nothing when it is ready: knock until it opens.
    for (int knocks = 0; knocks < 500; ++knocks) {
        auto client = HttpClient::connect(out.port);
        if (client) {
            if (auto funded = fund_on_anvil(*client, senders); !funded) return funded.error();
            out.nodes = {out.process.pid()};
            out.reset_peak();
            return out;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return failure("anvil does not listen");
}

}  // namespace assay::bench
