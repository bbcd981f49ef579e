// Owns what the tests of networks play with: a network that is watched, and a peer by hand.
#pragma once

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "consensus/p2p/frame.hpp"
#include "consensus/p2p/hello.hpp"
#include "consensus/p2p/peer_network.hpp"

namespace assay::consensus::test {

namespace asio = boost::asio;
using asio::ip::tcp;

// What a network's handlers were told, for a test to wait for.
class Party {
  public:
    explicit Party(PeerConfig config = {}, NodeKey given = *NodeKey::make())
        : key(std::move(given)) {
        config.address = "127.0.0.1";
        if (config.chain_id.empty()) config.chain_id = "assay-31337-1";
        config.tick_ms = 20;
        config.redial_ms = 20;
        network = *PeerNetwork::create(config, key);
    }
    ~Party() { network->stop(); }

    Result<void> start() {
        return network->start(
            {.up = [this](const PeerId& id) { note([&] { ++ups[id]; }); },
             .down = [this](const PeerId& id) { note([&] { ++downs[id]; }); },
             .message =
                 [this](const PeerId& id, Channel channel, Bytes payload) {
                     const std::size_t size = payload.size();
                     note([&] { messages.emplace_back(id, channel, std::move(payload)); });
                     if (releases) network->release(id, size);
                 },
             .log = [this](const std::string& line) { note([&] { lines.push_back(line); }); }});
    }
    // What was told so far, read while nobody writes.
    template <class Read>
    auto look(Read read) {
        const std::lock_guard lock(mutex);
        return read();
    }
    // What has no event: looks again after each tick of the network.
    template <class Condition>
    bool wait_stats(Condition condition) {
        for (int i = 0; i < 1'000; ++i) {
            if (condition(network->stats())) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return false;
    }
    template <class Condition>
    bool wait(Condition condition) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds(20), condition);
    }
    bool wait_up(const Party& other, int times = 1) {
        return wait([&] { return ups[other.id()] >= times; });
    }
    bool wait_line(const std::string& part) {
        return wait([&] {
            return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
                return line.find(part) != std::string::npos;
            });
        });
    }
    PeerId id() const { return key.id(); }
    std::string place() const {
        return to_hex(id()) + "@127.0.0.1:" + std::to_string(network->port());
    }

    NodeKey key;
    std::unique_ptr<PeerNetwork> network;
    std::mutex mutex;
    std::condition_variable changed;
    std::map<PeerId, int> ups;
    std::map<PeerId, int> downs;
    std::vector<std::tuple<PeerId, Channel, Bytes>> messages;
    std::vector<std::string> lines;
    std::atomic<bool> releases{true};

  private:
    template <class Work>
    void note(Work work) {
        const std::lock_guard lock(mutex);
        work();
        changed.notify_all();
    }
};

inline PeerConfig to(const std::vector<const Party*>& others) {
    PeerConfig out;
    for (const Party* other : others) out.persistent_peers.push_back(other->place());
    return out;
}

// A peer that does what it wants, by hand.
struct Rogue {
    asio::io_context context;
    NodeKey key;
    std::unique_ptr<asio::ssl::context> tls;
    std::unique_ptr<asio::ssl::stream<tcp::socket>> stream;
    boost::system::error_code error;

    explicit Rogue(std::uint16_t port, int newest_tls = TLS1_3_VERSION,
                   NodeKey given = *NodeKey::make())
        : key(std::move(given)) {
        const auto settings = *key.tls_context();
        ::SSL_CTX_up_ref(settings.get());
        tls = std::make_unique<asio::ssl::context>(settings.get());
        ::SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
        ::SSL_CTX_set_max_proto_version(tls->native_handle(), newest_tls);
        stream = std::make_unique<asio::ssl::stream<tcp::socket>>(context, *tls);
        stream->next_layer().connect({asio::ip::address_v4::loopback(), port}, error);
    }
    bool shake() {
        stream->handshake(asio::ssl::stream_base::client, error);
        return !error;
    }
    void say(std::uint8_t channel, const Bytes& payload) {
        Bytes out = frame_head(channel, payload.size());
        append(out, payload);
        asio::write(*stream, asio::buffer(out), error);
    }
    void greet(const Hello& hello = {.chain_id = "assay-31337-1", .genesis = {}, .listens = ""}) {
        Bytes out{0};
        append(out, encode_hello(hello));
        say(0, out);
    }
    // True once the other side has closed.
    bool is_thrown_out() {
        Bytes piece(65'536);
        while (!error) stream->read_some(asio::buffer(piece), error);
        return true;
    }
};

}  // namespace assay::consensus::test
