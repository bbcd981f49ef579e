// State sync with a network, a thread and a clock.
#include "node/state_join.hpp"

#include <future>
#include <spdlog/spdlog.h>

#include "consensus/sync/stored_light_blocks.hpp"
#include "node/engine_loop.hpp"

namespace assay::node {

namespace {

using namespace consensus;

class StateJoin {
  public:
    StateJoin(StateJoinParts& parts, std::unique_ptr<PeerNetwork> network)
        : network_(std::move(network)),
          own_(parts.app),
          sync_(
              std::move(parts.identity), StateSyncConfig{.trust = parts.trust},
              {.snapshots = parts.snapshots,
               .light_blocks = own_,
               .peers = *network_,
               .clock = loop_,
               .timers = timers_},
              {.done =
                   [this](const ChainPosition& at) {
                       spdlog::info("state sync: the state after block {} is in place", at.height);
                       end(JoinOutcome::restored);
                   },
               .fall_back =
                   [this](const std::string& why) {
                       spdlog::warn("state sync: {}; fetching blocks from genesis instead", why);
                       end(JoinOutcome::from_genesis);
                   },
               .attacked = [this](const std::string& what) { end(failure("state sync: " + what)); },
               .failed =
                   [this](const Error& error) { end(failure("state sync: " + error.message)); },
               .refused = [](const std::string& what) { spdlog::warn("state sync: {}", what); }}) {
        timers_.on_fire([this](std::uint64_t number) { sync_.timer(number); });
    }
    ~StateJoin() {
        network_->stop();
        loop_.stop();
    }
    StateJoin(const StateJoin&) = delete;
    StateJoin& operator=(const StateJoin&) = delete;

    Result<JoinOutcome> run(const std::stop_token& stop) {
        auto outcome = outcome_.get_future();
        const std::stop_callback on_stop(stop, [this] { end(JoinOutcome::stopped); });
        if (auto listening = network_->start(handlers()); !listening) return listening.error();
        spdlog::info("state sync: looking for snapshots");
        loop_.post([this] { sync_.start(); });
        loop_.start();
        return outcome.get();
    }

  private:
    // What peers say of blocks, votes and transactions comes again once this node takes part.
    PeerNetwork::Handlers handlers() {
        return {
            .up = [this](const PeerId& peer) { loop_.post([=, this] { sync_.peer_up(peer); }); },
            .down =
                [this](const PeerId& peer) { loop_.post([=, this] { sync_.peer_down(peer); }); },
            .message =
                [this](const PeerId& peer, Channel channel, Bytes payload) {
                    if (channel != Channel::snapshots)
                        return network_->release(peer, payload.size());
                    loop_.post([this, peer, payload = std::move(payload)] {
                        sync_.receive(peer, payload);
                        network_->release(peer, payload.size());
                    });
                },
            .log = [](const std::string& what) { spdlog::info("peers: {}", what); }};
    }
    void end(Result<JoinOutcome> outcome) {
        if (!ended_.exchange(true)) outcome_.set_value(std::move(outcome));
    }

    EngineLoop loop_;
    LoopTimers timers_{loop_};
    std::unique_ptr<PeerNetwork> network_;
    StoredLightBlocks own_;
    StateSync sync_;
    std::atomic<bool> ended_{false};
    std::promise<Result<JoinOutcome>> outcome_;
};

}  // namespace

Result<JoinOutcome> join_by_snapshot(StateJoinParts parts, const std::stop_token& stop) {
    auto network = PeerNetwork::create(std::move(parts.peers), parts.node_key);
    if (!network) return network.error();
    return StateJoin(parts, std::move(*network)).run(stop);
}

}  // namespace assay::node
