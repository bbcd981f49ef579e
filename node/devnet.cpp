// Homes that know each other, and children that end with their parent.
#include "node/devnet.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <fcntl.h>
#include <iostream>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "node/home.hpp"

namespace assay::node {

namespace {

namespace asio = boost::asio;

struct Ports {
    std::uint16_t rpc = 0;
    std::uint16_t comet = 0;
    std::uint16_t p2p = 0;
    std::uint16_t metrics = 0;
};

Home home_of(const DevnetSettings& settings, std::uint32_t number) {
    return {settings.home / ("node" + std::to_string(number))};
}

// Free ports stay taken until all are known, so that no two are the same.
class FreePorts {
  public:
    std::uint16_t next() {
        asio::ip::tcp::acceptor acceptor(
            context_, asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        const std::uint16_t port = acceptor.local_endpoint().port();
        taken_.push_back(std::move(acceptor));
        return port;
    }

  private:
    asio::io_context context_;
    std::vector<asio::ip::tcp::acceptor> taken_;
};

std::vector<Ports> ports_of(const DevnetSettings& settings) {
    FreePorts free;
    std::vector<Ports> out;
    for (std::uint32_t i = 0; i < settings.validators; ++i) {
        if (settings.rpc_port == 0) {
            out.push_back({.rpc = free.next(),
                           .comet = free.next(),
                           .p2p = free.next(),
                           .metrics = free.next()});
            continue;
        }
        const auto step = static_cast<std::uint16_t>(10 * i);
        out.push_back({.rpc = static_cast<std::uint16_t>(settings.rpc_port + i),
                       .comet = static_cast<std::uint16_t>(26'657 + step),
                       .p2p = static_cast<std::uint16_t>(26'656 + step),
                       .metrics = static_cast<std::uint16_t>(26'660 + step)});
    }
    return out;
}

struct Child {
    pid_t pid = -1;
    std::string ready;  // its ready line
};

[[noreturn]] void become(const std::vector<std::string>& command, int out, int error) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    ::setpgid(0, 0);  // Ctrl-C reaches the parent alone, which then ends each in order
    ::dup2(out, STDOUT_FILENO);
    ::dup2(error, STDERR_FILENO);
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    ::_exit(127);
}

// Returns when the node is ready.
Result<Child> start_child(const DevnetSettings& settings, std::uint32_t number) {
    const Home home = home_of(settings, number);
    const std::string log = home.root.string() + ".log";
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return failure("no pipe for a node");
    const int error = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (error < 0) return failure("cannot write " + log);
    Child out;
    out.pid = ::fork();
    if (out.pid == 0)
        become({settings.program, "start", "--home", home.root.string()}, ends[1], error);
    ::close(ends[1]);
    ::close(error);
    char piece[4'096];
    for (ssize_t got = 1; got > 0 && out.ready.find('\n') == std::string::npos;) {
        got = ::read(ends[0], piece, sizeof piece);
        if (got > 0) out.ready.append(piece, static_cast<std::size_t>(got));
    }
    // A node writes one line; whatever would follow has a reader's end to go to.
    if (out.ready.find('\n') == std::string::npos) {
        ::waitpid(out.pid, nullptr, 0);
        return failure("node " + std::to_string(number) + " did not start; see " + log);
    }
    return out;
}

// The nodes' ready lines as one: lists are joined.
std::string ready_line(const std::vector<Child>& children) {
    rapidjson::Document all;
    all.Parse(children.front().ready);
    auto& memory = all.GetAllocator();
    for (std::size_t i = 1; i < children.size(); ++i) {
        rapidjson::Document one(&memory);
        one.Parse(children[i].ready);
        for (auto& member : one.GetObject())
            if (member.value.IsArray())
                for (auto& item : member.value.GetArray()) all[member.name].PushBack(item, memory);
    }
    rapidjson::Value pids(rapidjson::kArrayType);
    for (const Child& child : children) pids.PushBack(child.pid, memory);
    all.AddMember("pids", pids, memory);
    rapidjson::StringBuffer out;
    rapidjson::Writer<rapidjson::StringBuffer> writer(out);
    all.Accept(writer);
    return out.GetString();
}

void end_all(const std::vector<Child>& children) {
    for (const Child& child : children) ::kill(child.pid, SIGTERM);
    for (const Child& child : children) ::waitpid(child.pid, nullptr, 0);
}

// Until a signal asks to end, or no child is left.
void watch(std::vector<Child>& children) {
    asio::io_context context;
    asio::signal_set ends(context, SIGINT, SIGTERM);
    ends.async_wait([&](const boost::system::error_code&, int) { context.stop(); });
    asio::signal_set changes(context, SIGCHLD);
    std::function<void()> wait_for_change = [&] {
        changes.async_wait([&](const boost::system::error_code& error, int) {
            if (error) return;
            std::erase_if(children, [](const Child& child) {
                int status = 0;
                if (::waitpid(child.pid, &status, WNOHANG) != child.pid) return false;
                std::cerr << "assayd: the node of process " << child.pid << " ended\n";
                return true;
            });
            if (children.empty()) return context.stop();
            wait_for_change();
        });
    };
    wait_for_change();
    context.run();
}

}  // namespace

Result<void> prepare_devnet(const DevnetSettings& settings, std::uint64_t time_s) {
    if (std::filesystem::exists(home_of(settings, 0).genesis())) {
        const auto made = load_genesis(home_of(settings, 0).genesis().string());
        if (!made) return made.error();
        if (made->validators.size() == settings.validators) return {};
        return failure(settings.home.string() + " is a devnet of " +
                       std::to_string(made->validators.size()) + " validators, not of " +
                       std::to_string(settings.validators));
    }
    const auto ports = ports_of(settings);
    std::vector<std::string> addresses;
    for (std::uint32_t i = 0; i < settings.validators; ++i) {
        const auto id = prepare_node_key(home_of(settings, i));
        if (!id) return id.error();
        addresses.push_back(to_hex(*id) + "@127.0.0.1:" + std::to_string(ports[i].p2p));
    }
    std::vector<ValidatorKeys> keys;
    for (std::uint32_t i = 0; i < settings.validators; ++i) {
        NodeConfig config;
        config.rpc.port = ports[i].rpc;
        config.comet.port = ports[i].comet;
        config.p2p.address = "127.0.0.1";
        config.p2p.port = ports[i].p2p;
        config.metrics.port = ports[i].metrics;
        for (std::uint32_t other = 0; other < settings.validators; ++other)
            if (other != i) config.p2p.persistent_peers.push_back(addresses[other]);
        const auto key = prepare_home(home_of(settings, i), config);
        if (!key) return key.error();
        keys.push_back(*key);
    }
    const auto genesis = devnet_genesis_of(keys, time_s);
    if (!genesis) return genesis.error();
    // The first home's comes last: a devnet that has it is whole.
    for (std::uint32_t i = settings.validators; i-- > 0;)
        if (auto written = write_genesis(home_of(settings, i), *genesis); !written) return written;
    return {};
}

int run_devnet(const DevnetSettings& settings) {
    std::vector<Child> children;
    for (std::uint32_t i = 0; i < settings.validators; ++i) {
        auto child = start_child(settings, i);
        if (!child) {
            std::cerr << "assayd: " << child.error().message << "\n";
            end_all(children);
            return 1;
        }
        children.push_back(std::move(*child));
    }
    std::cout << ready_line(children) << std::endl;
    watch(children);
    end_all(children);
    return 0;
}

}  // namespace assay::node
