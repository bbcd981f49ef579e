// assayd: the node's commands.
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/program_options.hpp>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <semaphore>
#include <set>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <stop_token>
#include <thread>

#include "node/devnet.hpp"
#include "node/genesis_tool.hpp"
#include "node/node.hpp"
#include "node/vrf_tool.hpp"

namespace {

using namespace assay;
using namespace assay::node;
namespace options = boost::program_options;

constexpr const char* kVersion = "0.1.0";
constexpr const char* kHelp = R"(assayd: the node of an Assay chain.

  assayd devnet [--validators N] [--home DIR] [--rpc-port P] [--prepare-only]
                                              N validators on loopback, funded test accounts
  assayd init --home DIR [--genesis FILE|devnet|later]
                                              make a home: keys, configuration, genesis
  assayd genesis entry --home DIR [--power N] [--fee-recipient ADDRESS]
                                              print this home's validator for a genesis
  assayd genesis add-validator --file GENESIS --entry FILE [--chain-id N]
                                              collect an entry; a missing GENESIS is begun
  assayd genesis check --file GENESIS         validate it and print its hash
  assayd vrf-key show|add --home DIR          print the registration of the newest VRF key, or of
                                              one more; start the node anew before it counts
  assayd start --home DIR                     run the node of a home
  assayd verify --home DIR                    check stored data and invariants (node stopped)
  assayd replay --home DIR                    execute every block again and compare (node stopped)
  assayd version

Exit codes: 0 done, 1 failed, 2 wrong command line.
)";

int fail(const Error& error) {
    std::cerr << "assayd: " << error.message << "\n";
    return 1;
}

int usage(const std::string& what) {
    std::cerr << "assayd: " << what << "\n\n" << kHelp;
    return 2;
}

std::uint64_t now_s() {
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(
                                          std::chrono::system_clock::now().time_since_epoch())
                                          .count());
}

// One line for scripts: the node takes transactions from now on.
void announce(const Endpoints& at) {
    const std::string port = std::to_string(at.rpc_port);
    std::cout << R"({"ready":true,"chainId":)" << at.chain_id << R"(,"chainName":")"
              << at.chain_name << R"(","rpc":["http://127.0.0.1:)" << port
              << R"("],"ws":["ws://127.0.0.1:)" << port << R"("],"comet":[)";
    if (at.comet_port != 0) std::cout << R"("http://127.0.0.1:)" << at.comet_port << '"';
    std::cout << "]}" << std::endl;
}

// Standard output is for the ready line and reports alone.
void log_to_stderr(const std::string& level) {
    auto logger = spdlog::stderr_logger_mt("assayd");
    logger->set_level(spdlog::level::from_str(level));
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    spdlog::set_default_logger(std::move(logger));
}

// SIGINT and SIGTERM, heard on a thread of its own from construction on.
class Signals {
  public:
    explicit Signals(std::stop_source& end) {
        set_.async_wait([&end](const boost::system::error_code&, int) { end.request_stop(); });
        thread_ = std::jthread([this] { context_.run(); });
    }
    ~Signals() { context_.stop(); }
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

  private:
    boost::asio::io_context context_;
    boost::asio::signal_set set_{context_, SIGINT, SIGTERM};
    std::jthread thread_;
};

// Runs until SIGINT, SIGTERM or a failure of the node.
int run(const Home& home, LoadedHome loaded) {
    log_to_stderr(loaded.config.log.level);
    std::stop_source end;
    const Signals signals(end);
    auto opened = Node::open(home, std::move(loaded), end.get_token());
    if (!opened && opened.error().message == kStopped) return 0;
    if (!opened) return fail(opened.error());
    std::atomic<int> code = 0;
    auto started = (*opened)->start(
        [&](const Error& error) {
            code = fail(error);
            end.request_stop();
        },
        end.get_token());
    if (!started && started.error().message == kStopped) {
        (*opened)->stop();
        return code;
    }
    if (!started) return fail(started.error());
    announce(*started);
    std::binary_semaphore ended(0);
    const std::stop_callback on_end(end.get_token(), [&] { ended.release(); });
    ended.acquire();
    (*opened)->stop();
    return code;
}

// A home of one validator with its own devnet genesis.
Result<void> prepare_lone_devnet(const Home& home) {
    const auto key = prepare_home(home, {});
    if (!key) return key.error();
    if (std::filesystem::exists(home.genesis())) return {};
    const auto genesis = devnet_genesis_of({*key}, now_s());
    if (!genesis) return genesis.error();
    return write_genesis(home, *genesis);
}

// Its genesis is a devnet's of this validator alone, or the one given; with an empty one none.
int init(const Home& home, const options::variables_map& given) {
    const auto key = prepare_home(home, {});
    if (!key) return fail(key.error());
    const auto id = prepare_node_key(home);
    if (!id) return fail(id.error());
    const std::string path = given["genesis"].as<std::string>();
    if (path == "devnet") {
        if (auto made = prepare_lone_devnet(home); !made) return fail(made.error());
    } else if (path != "later") {
        const auto genesis = load_genesis(path);
        if (!genesis) return fail(genesis.error());
        if (auto made = write_genesis(home, *genesis); !made) return fail(made.error());
    }
    std::cout << "home ready: " << home.root.string() << "\nnode id: " << to_hex(*id)
              << "\nvalidator key: " << to_hex0x(key->consensus) << "\n";
    return 0;
}

int start(const Home& home, const options::variables_map& given, bool alone = false) {
    auto loaded = load_home(home);
    if (!loaded) return fail(loaded.error());
    if (given.count("rpc-port") != 0)
        loaded->config.rpc.port = given["rpc-port"].as<std::uint16_t>();
    if (alone) loaded->config.p2p.address = "127.0.0.1";
    if (alone && loaded->config.rpc.port == 0) {
        loaded->config.p2p.port = 0;
        loaded->config.comet.any_port = loaded->config.comet.port != 0;
    }
    return run(home, std::move(*loaded));
}

int devnet(const Home& home, const options::variables_map& given) {
    DevnetSettings settings{.home = home.root};
    settings.validators = given["validators"].as<std::uint32_t>();
    if (settings.validators == 0 || settings.validators > kMaxDevnetValidators)
        return usage("--validators: from 1 to " + std::to_string(kMaxDevnetValidators));
    if (settings.validators == 1) {
        if (auto made = prepare_lone_devnet(home); !made) return fail(made.error());
        return given.count("prepare-only") != 0 ? 0 : start(home, given, true);
    }
    if (given.count("rpc-port") != 0) settings.rpc_port = given["rpc-port"].as<std::uint16_t>();
    settings.program = std::filesystem::read_symlink("/proc/self/exe").string();
    if (auto made = prepare_devnet(settings, now_s()); !made) return fail(made.error());
    if (given.count("prepare-only") != 0) return 0;
    return run_devnet(settings);
}

int report(const Result<std::string>& outcome) {
    if (!outcome) return fail(outcome.error());
    std::cout << *outcome << "\n";
    return 0;
}

int genesis(const std::string& what, const options::variables_map& given) {
    const auto text = [&](const char* name) {
        return given.count(name) != 0 ? given[name].as<std::string>() : std::string();
    };
    if (what == "entry" && !text("home").empty())
        return report(validator_entry({text("home")}, {.power = given["power"].as<std::uint64_t>(),
                                                       .fee_recipient = text("fee-recipient")}));
    if (what == "add-validator" && !text("file").empty() && !text("entry").empty())
        return report(add_validator(text("file"), text("entry"),
                                    given["chain-id"].as<std::uint64_t>(), now_s()));
    if (what == "check" && !text("file").empty()) return report(check_genesis(text("file")));
    return usage("genesis: entry --home DIR, add-validator --file F --entry F, or check --file F");
}

int vrf_key(const std::string& what, const options::variables_map& given) {
    const Home home{given["home"].as<std::string>()};
    if (what == "show") return report(vrf_registration(home));
    if (what == "add") return report(add_vrf_key(home));
    return usage("vrf-key: show --home DIR or add --home DIR");
}

int command(const std::string& name, const options::variables_map& given) {
    if (name == "genesis") return genesis(given["what"].as<std::string>(), given);
    if (name != "devnet" && given.count("home") == 0) return usage(name + " needs --home DIR");
    if (name == "vrf-key") return vrf_key(given["what"].as<std::string>(), given);
    const Home home{given.count("home") != 0 ? given["home"].as<std::string>() : ".devnet"};
    if (name == "devnet") return devnet(home, given);
    if (name == "init") return init(home, given);
    if (name == "start") return start(home, given);
    if (name == "verify") return report(verify_home(home));
    return report(replay_home(home));
}

}  // namespace

int main(int argc, char** argv) {
    const std::string name = argc > 1 ? argv[1] : "--help";
    if (name == "--help" || name == "help" || name == "-h") {
        std::cout << kHelp;
        return 0;
    }
    if (name == "version" || name == "--version") {
        std::cout << "assayd " << kVersion << "\n";
        return 0;
    }
    static const std::set<std::string> known{"devnet", "init",    "start",  "verify",
                                             "replay", "genesis", "vrf-key"};
    if (!known.contains(name)) return usage("unknown command '" + name + "'");
    options::options_description described;
    described.add_options()("home", options::value<std::string>())(
        "validators", options::value<std::uint32_t>()->default_value(1))(
        "rpc-port", options::value<std::uint16_t>())("help", "")("prepare-only", "")(
        "genesis", options::value<std::string>()->default_value("devnet"))(
        "power", options::value<std::uint64_t>()->default_value(10))(
        "fee-recipient", options::value<std::string>())("file", options::value<std::string>())(
        "entry", options::value<std::string>())("chain-id",
                                                options::value<std::uint64_t>()->default_value(0))(
        "what", options::value<std::string>()->default_value(""));
    options::positional_options_description places;
    places.add("what", 1);
    options::variables_map given;
    try {
        options::store(options::command_line_parser(argc - 1, argv + 1)
                           .options(described)
                           .positional(places)
                           .run(),
                       given);
        options::notify(given);
    } catch (const options::error& error) {
        return usage(error.what());
    }
    if (given.count("help") != 0) {
        std::cout << kHelp;
        return 0;
    }
    return command(name, given);
}
