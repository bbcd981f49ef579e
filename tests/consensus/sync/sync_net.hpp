// Owns a network of replicas that sync blocks, in one thread and in a time of its own.
#pragma once

#include <boost/test/unit_test.hpp>
#include <queue>
#include <set>

#include "consensus/sync/block_sync.hpp"
#include "tests/consensus/sync/chain_maker.hpp"

namespace assay::consensus::test {

inline PeerId peer_id(std::uint8_t label) {
    PeerId out;
    out.bytes[0] = label;
    return out;
}

// Events in the order of their time, then of their making.
class EventLoop {
  public:
    std::uint64_t now_ms = 10'000;
    void after(std::uint64_t delay_ms, std::function<void()> event) {
        events_.emplace(std::pair{now_ms + delay_ms, made_++}, std::move(event));
    }
    // True where `done` came true within this time.
    bool run_until(const std::function<bool()>& done, std::uint64_t for_ms) {
        const std::uint64_t end_ms = now_ms + for_ms;
        while (!done()) {
            if (events_.empty() || events_.begin()->first.first > end_ms) return false;
            auto event = events_.extract(events_.begin());
            now_ms = event.key().first;
            event.mapped()();
        }
        return true;
    }
    void run(std::uint64_t for_ms) {
        run_until([] { return false; }, for_ms);
    }

  private:
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::function<void()>> events_;
    std::uint64_t made_ = 0;
};

// Work that ends later than it was given, and not in the same order.
class LateWorker final : public Worker {
  public:
    explicit LateWorker(EventLoop& loop) : loop_(loop) {}
    void run(std::function<void()> job, std::function<void()> done) override {
        job();
        loop_.after(1 + ++jobs_ * 7 % 5, std::move(done));
    }

  private:
    EventLoop& loop_;
    std::uint64_t jobs_ = 0;
};

// What outlives a node's process.
struct NodeDisk {
    MemoryDisk disk;
    FakeStore store;
};

class SyncNet;

class SyncNode final : public PeerPort, public ClockPort {
  public:
    struct Options {
        BlockSyncConfig sync;
        Signer* signer = nullptr;
        bool late_worker = false;
    };
    SyncNode(SyncNet& net, const PeerId& id, NodeDisk& disk, ChainMaker& chain, Options options);

    bool send(const PeerId& peer, Channel channel, const Bytes& message) override;
    void report(const PeerId& peer, Offence offence) override { reports[peer].insert(offence); }
    std::vector<PeerId> peers() const override { return {linked.begin(), linked.end()}; }
    BlockTime now() const override;
    std::uint64_t monotonic_ms() const override;

    std::uint64_t height() const { return replica.position().height; }
    // Takes over blocks as if this node had decided them.
    void grow(const ChainMaker& chain) {
        replica.pause();
        while (height() < chain.blocks.size()) {
            const MadeBlock& made = chain.at(height() + 1);
            CHECK(replica.ingest(made.block, made.encoded, made.commit).has_value());
        }
        replica.resume();
    }

    // What goes out instead of a message on the blocks channel.
    std::function<std::vector<Bytes>(const Bytes& message)> lie;
    std::map<PeerId, std::set<Offence>> reports;
    std::set<PeerId> linked;
    std::uint64_t votes_while_catching_up = 0;
    std::uint64_t pauses = 0;
    std::optional<Error> failed;
    std::vector<std::size_t> groups;  // how many blocks were prepared together, each time
    std::size_t named = 0;            // blocks that came with as many senders as transactions

  private:
    std::vector<std::size_t> prepare(std::span<const ClaimedTxs> blocks);

    struct Timers final : TimerPort {
        SyncNode* node = nullptr;
        std::function<void(std::uint64_t)> fired;
        void set(std::uint64_t delay_ms, std::uint64_t number) override;
    };

    SyncNet& net_;
    PeerId id_;
    FakeApp app_;
    const std::map<Bytes, CheckedTxPtr>& known_;
    Mempool mempool_;
    std::unique_ptr<Wal> wal_;
    Timers replica_timers_;
    Timers sync_timers_;
    InlineWorker inline_worker_;
    LateWorker late_worker_;
    std::shared_ptr<int> alive_ = std::make_shared<int>();

  public:
    Replica replica;
    BlockSync sync;
};

class SyncNet : public EventLoop {
  public:
    std::map<PeerId, std::unique_ptr<SyncNode>> nodes;
    std::uint64_t delay_ms = 5;
    std::uint64_t block_bytes = 0;  // sent on the blocks channel

    // A node whose disk holds `blocks_held` of the chain.
    SyncNode& add(std::uint8_t label, ChainMaker& chain, bool full,
                  SyncNode::Options options = {}) {
        const PeerId id = peer_id(label);
        NodeDisk& disk = disks_[id];
        if (full && disk.store.height == 0) disk.store = chain.store;
        nodes.erase(id);
        nodes[id] = std::make_unique<SyncNode>(*this, id, disk, chain, std::move(options));
        SyncNode& node = *nodes[id];
        BOOST_REQUIRE(node.replica.recover().has_value());
        node.replica.start();
        node.sync.start();
        return node;
    }
    NodeDisk& disk(std::uint8_t label) { return disks_[peer_id(label)]; }
    void link(std::uint8_t a, std::uint8_t b) {
        for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
            SyncNode& node = *nodes.at(peer_id(from));
            if (!node.linked.insert(peer_id(to)).second) continue;
            node.replica.peer_up(peer_id(to));
            node.sync.peer_up(peer_id(to));
        }
    }
    void cut(std::uint8_t a, std::uint8_t b) {
        for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
            const auto it = nodes.find(peer_id(from));
            if (it == nodes.end() || it->second->linked.erase(peer_id(to)) == 0) continue;
            it->second->replica.peer_down(peer_id(to));
            it->second->sync.peer_down(peer_id(to));
        }
    }
    void stop(std::uint8_t label) {
        for (const auto& [id, node] : nodes) cut(label, id.bytes[0]);
        nodes.erase(peer_id(label));
    }
    void deliver(const PeerId& from, const PeerId& to, Channel channel, const Bytes& message) {
        if (channel == Channel::blocks) block_bytes += message.size();
        after(delay_ms, [this, from, to, channel, message] {
            const auto it = nodes.find(to);
            if (it == nodes.end() || !it->second->linked.contains(from)) return;
            if (channel == Channel::consensus) it->second->replica.receive(from, message);
            if (channel == Channel::blocks) it->second->sync.receive(from, message);
        });
    }

  private:
    std::map<PeerId, NodeDisk> disks_;
};

inline void SyncNode::Timers::set(std::uint64_t delay_ms, std::uint64_t number) {
    node->net_.after(delay_ms, [this, number, alive = std::weak_ptr<int>(node->alive_)] {
        if (!alive.expired()) fired(number);
    });
}

inline SyncNode::SyncNode(SyncNet& net, const PeerId& id, NodeDisk& disk, ChainMaker& chain,
                          Options options)
    : net_(net),
      id_(id),
      app_(disk.disk, disk.store, chain.known),
      known_(chain.known),
      wal_(Wal::open(disk.disk, {"wal", 4096}).value()),
      late_worker_(net),
      replica(chain.identity, {.sync_in_parallel = false},
              {.app = app_,
               .mempool = mempool_,
               .wal = *wal_,
               .signer = options.signer,
               .peers = *this,
               .clock = *this,
               .timers = replica_timers_},
              {.committed = {}, .failed = [this](const Error& e) { failed = e; }, .refused = {}}),
      sync(options.sync,
           {.replica = replica,
            .app = app_,
            .peers = *this,
            .clock = *this,
            .timers = sync_timers_,
            .worker = options.late_worker ? static_cast<Worker&>(late_worker_) : inline_worker_,
            .prepare = [this](const auto& blocks) { return prepare(blocks); }},
           {.failed = [this](const Error& e) { failed = e; },
            .refused = {},
            .changed = [this](bool catching_up) { pauses += catching_up ? 1 : 0; }}) {
    app_.updates_at = chain.app.updates_at;
    replica_timers_.node = sync_timers_.node = this;
    replica_timers_.fired = [this](std::uint64_t number) { replica.timer(number); };
    sync_timers_.fired = [this](std::uint64_t number) { sync.timer(number); };
}

// As the application does it, but for the signatures: what the chain knows decides.
inline std::vector<std::size_t> SyncNode::prepare(std::span<const ClaimedTxs> blocks) {
    groups.push_back(blocks.size());
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto& [txs, senders] = blocks[i];
        if (senders.size() != txs.size() * Address::kSize) continue;
        ++named;
        Bytes true_ones;
        for (const Bytes& raw : txs) {
            const auto at = known_.find(raw);
            append(true_ones, at == known_.end() ? Address{} : at->second->sender);
        }
        if (!std::equal(senders.begin(), senders.end(), true_ones.begin())) out.push_back(i);
    }
    return out;
}

inline bool SyncNode::send(const PeerId& peer, Channel channel, const Bytes& message) {
    if (!linked.contains(peer)) return false;
    if (channel == Channel::consensus && sync.is_catching_up())
        if (const auto said = decode_message(message);
            said &&
            (std::holds_alternative<Vote>(*said) || std::holds_alternative<Proposal>(*said)))
            ++votes_while_catching_up;
    if (channel == Channel::blocks && lie) {
        for (const Bytes& one : lie(message)) net_.deliver(id_, peer, channel, one);
        return true;
    }
    net_.deliver(id_, peer, channel, message);
    return true;
}

inline BlockTime SyncNode::now() const {
    return {static_cast<std::int64_t>(net_.now_ms / 1'000),
            static_cast<std::int32_t>(net_.now_ms % 1'000 * 1'000'000)};
}

inline std::uint64_t SyncNode::monotonic_ms() const {
    return net_.now_ms;
}

}  // namespace assay::consensus::test
