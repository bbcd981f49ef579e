// assayd: the node's commands.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/program_options.hpp>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <set>

#include "node/node.hpp"

namespace {

using namespace assay;
using namespace assay::node;
namespace options = boost::program_options;

constexpr const char* kVersion = "0.1.0";
constexpr const char* kHelp = R"(assayd: the node of an Assay chain.

  assayd devnet [--home DIR] [--rpc-port P]   one validator on loopback, funded test accounts
  assayd init --home DIR                      make a home: key, configuration, devnet genesis
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
              << R"("],"ws":["ws://127.0.0.1:)" << port << R"("]})" << std::endl;
}

// Runs until SIGINT, SIGTERM or a failure of the node.
int run(const Home& home, LoadedHome loaded) {
    auto opened = Node::open(home, std::move(loaded));
    if (!opened) return fail(opened.error());
    boost::asio::io_context context;
    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    int code = 0;
    signals.async_wait([&](const boost::system::error_code&, int) { context.stop(); });
    auto started = (*opened)->start([&](const Error& error) {
        boost::asio::post(context, [&, error] {
            code = fail(error);
            context.stop();
        });
    });
    if (!started) return fail(started.error());
    announce(*started);
    context.run();
    (*opened)->stop();
    return code;
}

int init(const Home& home) {
    const auto key = prepare_home(home);
    if (!key) return fail(key.error());
    if (auto made = prepare_devnet_genesis(home, *key, now_s()); !made) return fail(made.error());
    std::cout << "home ready: " << home.root.string() << "\n";
    return 0;
}

int start(const Home& home, const options::variables_map& given) {
    auto loaded = load_home(home);
    if (!loaded) return fail(loaded.error());
    if (given.count("rpc-port") != 0)
        loaded->config.rpc.port = given["rpc-port"].as<std::uint16_t>();
    return run(home, std::move(*loaded));
}

int devnet(const Home& home, const options::variables_map& given) {
    if (given["validators"].as<std::uint32_t>() != 1)
        return usage("--validators: this version runs exactly 1");
    const auto key = prepare_home(home);
    if (!key) return fail(key.error());
    if (auto made = prepare_devnet_genesis(home, *key, now_s()); !made) return fail(made.error());
    return start(home, given);
}

int report(const Result<std::string>& outcome) {
    if (!outcome) return fail(outcome.error());
    std::cout << *outcome << "\n";
    return 0;
}

int command(const std::string& name, const options::variables_map& given) {
    if (name != "devnet" && given.count("home") == 0) return usage(name + " needs --home DIR");
    const Home home{given.count("home") != 0 ? given["home"].as<std::string>() : ".devnet"};
    if (name == "devnet") return devnet(home, given);
    if (name == "init") return init(home);
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
    static const std::set<std::string> known{"devnet", "init", "start", "verify", "replay"};
    if (!known.contains(name)) return usage("unknown command '" + name + "'");
    options::options_description described;
    described.add_options()("home", options::value<std::string>())(
        "validators", options::value<std::uint32_t>()->default_value(1))(
        "rpc-port", options::value<std::uint16_t>())("help", "");
    options::variables_map given;
    try {
        options::store(options::command_line_parser(argc - 1, argv + 1).options(described).run(),
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
