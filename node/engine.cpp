// Calls from other threads, brought onto the engine's.
#include "node/engine.hpp"

#include <spdlog/spdlog.h>

namespace assay::node {

using namespace consensus;

Result<std::unique_ptr<Engine>> Engine::create(Parts parts) {
    auto network = PeerNetwork::create(std::move(parts.peers), parts.node_key);
    if (!network) return network.error();
    return std::unique_ptr<Engine>(new Engine(parts, std::move(*network)));
}

Engine::Engine(Parts& parts, std::unique_ptr<PeerNetwork> network)
    : judge_(std::move(parts.judge)),
      network_(std::move(network)),
      replica_(std::move(parts.identity), parts.config,
               {.app = parts.app,
                .mempool = parts.mempool,
                .wal = parts.wal,
                .signer = parts.signer,
                .peers = *network_,
                .clock = loop_,
                .timers = replica_timers_,
                .prover = parts.prover},
               {.committed = [this](const CommittedBlock& block) { committed(block); },
                .failed = [this](const Error& error) { fail(error); },
                .refused = [](const std::string& what) { spdlog::warn("consensus: {}", what); }}),
      sync_({},
            {.replica = replica_,
             .app = parts.app,
             .peers = *network_,
             .clock = loop_,
             .timers = sync_timers_,
             .worker = worker_,
             .prepare = std::move(parts.check_ahead)},
            {.failed = [this](const Error& error) { fail(error); },
             .refused = [](const std::string& what) { spdlog::warn("block sync: {}", what); },
             .changed =
                 [this](bool catching_up) {
                     const auto at = sync_.metrics();
                     spdlog::info("block sync: {} at height {}, peers have {}",
                                  catching_up ? "catching up" : "done", at.height, at.best_height);
                     if (catching_up) catching_up_from_ = at.height;
                     catching_up_to_ = catching_up ? at.best_height : 0;
                 }}),
      gossip_({}, {.self = network_->id(),
                   .mempool = parts.mempool,
                   .peers = *network_,
                   .clock = loop_,
                   .timers = gossip_timers_,
                   .submit = [this](std::uint64_t ticket,
                                    Bytes raw) { submit(ticket, std::move(raw)); }}),
      light_blocks_(parts.app),
      snapshot_server_(parts.snapshots, light_blocks_, *network_, loop_),
      snapshots_(parts.snapshots),
      snapshot_interval_(parts.snapshot_interval) {
    gossip_timers_.on_fire([this](std::uint64_t number) { gossip_.timer(number); });
    replica_timers_.on_fire([this](std::uint64_t number) { replica_.timer(number); });
    sync_timers_.on_fire([this](std::uint64_t number) { sync_.timer(number); });
}

Engine::~Engine() {
    stop();
}

// The replica and block sync may both see the same failure.
void Engine::fail(const Error& error) {
    if (!failed_.exchange(true) && events_.failed) events_.failed(error);
}

Result<void> Engine::recover() {
    return replica_.recover();
}

// What a peer said is not heard once its link has ended: one that is banned leaves no work behind.
PeerNetwork::Handlers Engine::handlers() {
    return {.up =
                [this](const PeerId& peer) {
                    linked_[peer] = std::make_shared<std::atomic<bool>>(true);
                    turns_.post(peer, [this, peer] {
                        spdlog::info("peer {} is connected", to_hex(peer));
                        replica_.peer_up(peer);
                        sync_.peer_up(peer);
                        gossip_.peer_up(peer);
                    });
                },
            .down =
                [this](const PeerId& peer) {
                    if (const auto link = linked_.extract(peer)) *link.mapped() = false;
                    turns_.post(peer, [this, peer] {
                        replica_.peer_down(peer);
                        sync_.peer_down(peer);
                        gossip_.peer_down(peer);
                        snapshot_server_.peer_down(peer);
                    });
                },
            .message =
                [this](const PeerId& peer, Channel channel, Bytes payload) {
                    turns_.post(peer, [this, peer, channel, payload = std::move(payload),
                                       link = linked_.at(peer)] {
                        if (*link) message(peer, channel, payload);
                        network_->release(peer, payload.size());
                    });
                },
            .log = [](const std::string& what) { spdlog::info("peers: {}", what); }};
}

void Engine::message(const PeerId& peer, Channel channel, const Bytes& payload) {
    switch (channel) {
        case Channel::consensus: return replica_.receive(peer, payload);
        case Channel::transactions: return gossip_.receive(peer, payload);
        case Channel::blocks: return sync_.receive(peer, payload);
        case Channel::snapshots: return snapshot_server_.receive(peer, payload);
        default: return network_->report(peer, Offence::useless);
    }
}

Result<void> Engine::start(Events events) {
    events_ = std::move(events);
    if (auto listening = network_->start(handlers()); !listening) return listening;
    loop_.post([this] {
        replica_.start();
        sync_.start();
        gossip_.start();
    });
    loop_.start();
    return {};
}

void Engine::stop() {
    network_->stop();
    loop_.stop();
}

void Engine::submit(std::uint64_t ticket, Bytes raw) {
    auto verdict = std::make_shared<TxVerdict>();
    worker_.run(
        [this, verdict, raw = std::move(raw)]() mutable { *verdict = judge_(std::move(raw)); },
        [this, ticket, verdict] { gossip_.submitted(ticket, *verdict); });
}

void Engine::committed(const CommittedBlock& block) {
    {
        const std::lock_guard lock(figures_mutex_);
        figures_.rounds += static_cast<std::uint64_t>(block.round);
        figures_.evidence += block.evidence;
        figures_.validators = block.validators;
        figures_.validators_absent = block.absent;
        figures_.power = static_cast<std::uint64_t>(block.power);
        figures_.sync = sync_.metrics();
        figures_.gossip = gossip_.metrics();
    }
    if (snapshot_interval_ != 0 && block.height % snapshot_interval_ == 0) take_snapshot();
    if (events_.committed) events_.committed(block);
}

// While this node catches up, those who are ahead make better ones.
void Engine::take_snapshot() {
    if (sync_.is_catching_up()) return;
    if (!snapshots_.take_snapshot(snapshot_note(replica_.position())))
        spdlog::warn("snapshot: the one before is still being made");
}

ConsensusFigures Engine::consensus_figures() const {
    const std::lock_guard lock(figures_mutex_);
    return figures_;
}

// Many transactions between two looks at them are one piece of work.
void Engine::added(const CheckedTxPtr& tx) {
    {
        const std::lock_guard lock(added_mutex_);
        added_.push_back(tx);
        if (added_.size() > 1) return;
    }
    loop_.post([this] { take_added(); });
}

void Engine::take_added() {
    std::vector<CheckedTxPtr> added;
    {
        const std::lock_guard lock(added_mutex_);
        added.swap(added_);
    }
    for (const auto& tx : added) gossip_.added(tx);
    replica_.work();
}

}  // namespace assay::node
