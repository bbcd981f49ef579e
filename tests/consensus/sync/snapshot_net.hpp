// Owns a joining node and the peers that give it a snapshot, honest or not, in a time of its own.
#pragma once

#include <queue>

#include "chain/app/chain_snapshots.hpp"
#include "consensus/sync/state_sync.hpp"
#include "tests/consensus/sync/light_chain.hpp"
#include "tests/support/deposit_module.hpp"
#include "tests/support/temp_dir.hpp"

namespace assay::consensus::test {

// A chain on disk with a few blocks and its snapshots.
struct ChainPlace {
    TempDir dir;
    Registry registry{{assay::test::deposit_module()}};
    std::unique_ptr<Database> database = *Database::open(dir.path() + "/data");
    std::unique_ptr<ChainApp> app;
    std::unique_ptr<SnapshotStore> store = *SnapshotStore::open(dir.path() + "/s", 3);
    std::unique_ptr<ChainSnapshots> snapshots;

    explicit ChainPlace(std::uint32_t people) {
        AppConfig config{
            .chain_id = assay::test::kChain,
            .genesis_time = {1'000, 0},
            .build_genesis = [people](State& state) {
                for (std::uint32_t i = 0; i < people; ++i)
                    ledger::grant_at_genesis(
                        state,
                        Address::from(ByteView(sha256(view_of(std::to_string(i)))).first(20)),
                        7'000);
                state.put(kFeeRecipients, FixedBytes<20>{{1}}, Address{{2}});
                state.put(kFeeParams, {}, {});
            }};
        app = *ChainApp::open(std::move(config), registry, *database);
        snapshots = std::make_unique<ChainSnapshots>(*app, *store);
    }
    // Blocks up to `height` and a snapshot of it.
    SnapshotManifest grow_to(std::uint64_t height, Bytes note) {
        if (!app->info().initialised) BOOST_REQUIRE(app->init_chain().has_value());
        while (app->store().height() < height) {
            const std::uint64_t next = app->store().height() + 1;
            app->finalize_block({.height = next,
                                 .time = {static_cast<std::int64_t>(1'000 + next), 0},
                                 .hash = sha256(record::encode(next)),
                                 .proposer_address = {},
                                 .txs = {}});
            BOOST_REQUIRE(app->commit({}).has_value());
        }
        BOOST_REQUIRE(snapshots->take_snapshot(std::move(note)));
        snapshots->wait();
        return snapshots->list_snapshots().at(0);
    }
};

inline PeerId snapshot_peer(std::uint8_t label) {
    PeerId out;
    out.bytes[0] = label;
    return out;
}

class SnapshotNet final : public ClockPort, public TimerPort, public PeerPort {
  public:
    // Changes what a peer says; nullopt swallows it.
    using Lie = std::function<std::optional<SnapshotMessage>(SnapshotMessage)>;

    void add_peer(std::uint8_t label, const SnapshotCalls& snapshots, const LightBlocks& blocks,
                  Lie lie = {}) {
        auto peer = std::make_unique<Peer>(*this, snapshot_peer(label));
        peer->server = std::make_unique<SnapshotServer>(snapshots, blocks, *peer, *this);
        peer->lie = std::move(lie);
        peers_[snapshot_peer(label)] = std::move(peer);
    }
    void join(StateSync& sync) {
        sync_ = &sync;
        sync.start();
    }
    void run(std::uint64_t for_ms) {
        const std::uint64_t end_ms = now_ms_ + for_ms;
        while (!events_.empty() && events_.begin()->first.first <= end_ms) {
            auto event = events_.extract(events_.begin());
            now_ms_ = event.key().first;
            event.mapped()();
        }
        now_ms_ = end_ms;
    }
    void lose(std::uint8_t label) {
        peers_.erase(snapshot_peer(label));
        sync_->peer_down(snapshot_peer(label));
    }

    BlockTime now() const override {
        return {2'000 + static_cast<std::int64_t>(now_ms_ / 1'000), 0};
    }
    std::uint64_t monotonic_ms() const override { return now_ms_; }
    void set(std::uint64_t delay_ms, std::uint64_t number) override {
        after(delay_ms, [this, number] { sync_->timer(number); });
    }
    bool send(const PeerId& to, Channel channel, const Bytes& message) override {
        BOOST_REQUIRE((channel == Channel::snapshots));
        after(5 + ++sent % 7, [this, to, message] {
            const auto found = peers_.find(to);
            if (found == peers_.end()) return;
            const auto decoded = decode_snapshot_message(message);
            BOOST_REQUIRE(decoded.has_value());
            ++requests[to];
            if (const auto* request = std::get_if<ChunkRequest>(&*decoded)) {
                ++chunk_requests[to];
                found->second->server->answer(to, *request);
            } else if (const auto* header = std::get_if<LightBlockRequest>(&*decoded)) {
                found->second->server->answer(to, *header);
            } else if (const auto* list = std::get_if<SnapshotsRequest>(&*decoded)) {
                found->second->server->answer(to, *list);
            }
        });
        return true;
    }
    void report(const PeerId& peer, Offence offence) override {
        reports.emplace_back(peer, offence);
    }
    std::vector<PeerId> peers() const override {
        std::vector<PeerId> out;
        for (const auto& [id, peer] : peers_) out.push_back(id);
        return out;
    }
    bool reported(std::uint8_t label, Offence offence) const {
        for (const auto& [peer, what] : reports)
            if (peer == snapshot_peer(label) && what == offence) return true;
        return false;
    }

    std::vector<std::pair<PeerId, Offence>> reports;
    std::map<PeerId, std::size_t> requests;
    std::map<PeerId, std::size_t> chunk_requests;
    std::uint64_t sent = 0;

  private:
    // What a server sends goes back to the node that joins.
    struct Peer final : PeerPort {
        Peer(SnapshotNet& net_in, const PeerId& id_in) : net(net_in), id(id_in) {}
        bool send(const PeerId&, Channel, const Bytes& message) override {
            auto decoded = decode_snapshot_message(message);
            BOOST_REQUIRE(decoded.has_value());
            std::optional<SnapshotMessage> said = std::move(*decoded);
            if (lie) said = lie(std::move(*said));
            if (!said) return true;
            // It arrives even if the peer has left meanwhile.
            net.after(5 + ++net.sent % 11,
                      [&to = net, back = id, raw = encode_snapshot_message(*said)] {
                          to.sync_->receive(back, raw);
                      });
            return true;
        }
        void report(const PeerId&, Offence) override { BOOST_ERROR("an honest node was blamed"); }
        std::vector<PeerId> peers() const override { return {}; }
        SnapshotNet& net;
        PeerId id;
        std::unique_ptr<SnapshotServer> server;
        Lie lie;
    };
    void after(std::uint64_t delay_ms, std::function<void()> event) {
        events_.emplace(std::pair{now_ms_ + delay_ms, made_++}, std::move(event));
    }

    std::map<std::pair<std::uint64_t, std::uint64_t>, std::function<void()>> events_;
    std::uint64_t made_ = 0;
    std::uint64_t now_ms_ = 1'000;
    std::map<PeerId, std::unique_ptr<Peer>> peers_;
    StateSync* sync_ = nullptr;
};

}  // namespace assay::consensus::test
