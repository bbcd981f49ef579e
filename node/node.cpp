// Wiring: who holds whom, and in which order they start and stop.
#include "node/node.hpp"

#include <condition_variable>
#include <spdlog/spdlog.h>

#include "chain/app/chain_app.hpp"
#include "chain/app/chain_snapshots.hpp"
#include "consensus/disk/posix_disk.hpp"
#include "consensus/mempool/journal.hpp"
#include "consensus/privval/file_signer.hpp"
#include "consensus/privval/key_file.hpp"
#include "consensus/privval/vrf_keys.hpp"
#include "modules/wiring/modules.hpp"
#include "node/comet_server.hpp"
#include "node/engine.hpp"
#include "node/genesis_tool.hpp"
#include "node/metrics.hpp"
#include "node/state_join.hpp"
#include "node/tx_pool.hpp"
#include "rpc/assay/assay_api.hpp"
#include "rpc/server/server.hpp"

namespace assay::node {

namespace {

using namespace consensus;

BlockTime genesis_time(const GenesisDoc& genesis) {
    return {static_cast<std::int64_t>(genesis.genesis_time_s), 0};
}

BlockParams block_params(const GenesisDoc& genesis) {
    return {.max_bytes = static_cast<std::int64_t>(genesis.block.max_bytes),
            .max_gas = static_cast<std::int64_t>(genesis.fees.block_gas_limit)};
}

Result<ChainIdentity> identity_of(const GenesisDoc& genesis) {
    ChainIdentity out;
    out.chain_id = genesis.chain_name;
    out.genesis_time = genesis_time(genesis);
    std::vector<Validator> validators;
    for (const auto& validator : genesis.validators)
        validators.push_back(
            make_validator(validator.public_key, static_cast<std::int64_t>(validator.power)));
    auto set = ValidatorSet::create(validators);
    if (!set) return set.error();
    out.validators = std::move(*set);
    out.block = block_params(genesis);
    return out;
}

std::optional<rpc::SyncProgress> progress_of(const Engine& engine, const ChainIndex& index) {
    const std::uint64_t to = engine.catching_up_to();
    if (to == 0) return std::nullopt;
    return rpc::SyncProgress{.starting_block = engine.catching_up_from(),
                             .current_block = index.latest_height().value_or(0),
                             .highest_block = to};
}

// The Ethereum JSON-RPC and all it stands on.
struct Rpc {
    NodeTxPool pool;
    rpc::WorkerPool workers;
    rpc::EthApi api;
    rpc::Dispatcher dispatcher;
    rpc::RateLimiter limiter;
    std::unique_ptr<rpc::Server> server;
    std::unique_ptr<NodeMetrics> metrics;
    std::unique_ptr<CometServer> comet;

    Rpc(const NodeConfig& settings, ChainApp& app, Mempool& mempool, const BlockTimes& times,
        const Engine& engine)
        : pool(app, mempool),
          workers(settings.rpc.threads),
          api({.index = app.index(),
               .store = app.store(),
               .registry = app.registry(),
               .checker = app.checker(),
               .executor = app.executor(),
               .pool = pool,
               .workers = workers,
               .client_version = "assayd/v0.1.0",
               .syncing = [&] { return progress_of(engine, app.index()); },
               .peer_count = [&engine] { return engine.peer_stats().connected; }},
              {}),
          limiter({.per_second = static_cast<double>(settings.rpc.requests_per_second),
                   .burst = static_cast<double>(settings.rpc.requests_per_second)}) {
        const NodeConfig::Rpc& config = settings.rpc;
        api.add_methods(dispatcher);
        rpc::add_assay_methods(dispatcher, api);
        dispatcher.add_discovery("Assay", "0.1.0");
        rpc::ServerConfig server_config;
        server_config.address = config.address;
        server_config.port = config.port;
        server_config.max_connections = config.max_connections;
        server_config.cors_origins = config.cors_origins;
        server =
            std::make_unique<rpc::Server>(std::move(server_config), workers, dispatcher, limiter);
        metrics = std::make_unique<NodeMetrics>(settings.metrics,
                                                Measured{.blocks = api.blocks,
                                                         .mempool = mempool,
                                                         .times = times,
                                                         .calls = dispatcher,
                                                         .server = *server,
                                                         .engine = engine,
                                                         .claimed_senders = app.claimed_senders(),
                                                         .first_height = api.blocks.latest()},
                                                workers, limiter);
    }
    Result<void> start() {
        if (auto listening = server->start(); !listening) return listening;
        if (auto listening = metrics->start(); !listening)
            spdlog::warn("metrics: {}", listening.error().message);
        if (auto listening = comet->start(); !listening)
            spdlog::warn("comet: {}", listening.error().message);
        return {};
    }
    void on_block() {
        api.on_block();
        comet->on_block();
        workers.post([this] { metrics->count_blocks(); });
    }
    void stop() {
        server->stop();
        comet->stop();
        metrics->stop();
        workers.stop();
    }
};

// What the CometBFT style RPC tells of a node, all of it fixed.
rpc::CometNode comet_node(const LoadedHome& loaded, const FileSigner& signer, const PeerId& id) {
    constexpr std::int64_t kEvidenceBytes = 1'024;  // no double vote's encoding is longer
    const NodeConfig& config = loaded.config;
    const auto listens = [](const std::string& address, std::uint16_t port) {
        return "tcp://" + address + ":" + std::to_string(port);
    };
    rpc::CometNode out{.id = id,
                       .chain_id = loaded.genesis.chain_name,
                       .listen_address = listens(config.p2p.address, config.p2p.port),
                       .moniker = "assayd",
                       .rpc_address = listens(config.comet.address, config.comet.port),
                       .app_version = "0.1.0",
                       .validator = signer.key(),
                       .block = block_params(loaded.genesis),
                       .evidence_age_blocks = EvidenceLimits{}.max_age_blocks,
                       .evidence_age_s = EvidenceLimits{}.max_age_seconds,
                       .evidence_bytes = kEvidenceBytes * kMaxEvidencePerBlock,
                       .genesis_time = genesis_time(loaded.genesis)};
    for (const auto& validator : loaded.genesis.validators)
        out.genesis_validators.push_back(
            make_validator(validator.public_key, static_cast<std::int64_t>(validator.power)));
    return out;
}

Result<std::unique_ptr<FileSigner>> open_signer(PosixDisk& disk, const Home& home) {
    const auto key = load_key_file(disk, home.key().string());
    if (!key) return key.error();
    auto state = SignState::open(disk, home.sign_state().string());
    if (!state) return state.error();
    return std::make_unique<FileSigner>(*key, std::move(*state));
}

// At which the journal of waiting transactions is written anew.
constexpr std::uint64_t kJournalBytes = 64U << 20U;

// Takes back what waited when the process ended, dropping what the state no longer admits. Called
// after the engine has finished its last block, so that nothing included comes back.
Result<std::unique_ptr<MempoolJournal>> open_journal(PosixDisk& disk, const Home& home,
                                                     ChainApp& app, Mempool& mempool) {
    NodeTxPool pool(app, mempool);
    std::size_t kept = 0;
    std::size_t dropped = 0;
    auto journal = MempoolJournal::open(
        disk, home.waiting().string(), kJournalBytes,
        [&](Bytes raw) { ++(pool.submit(std::move(raw)).has_value() ? kept : dropped); });
    if (journal && kept + dropped > 0)
        spdlog::info("waiting transactions: {} taken back, {} no longer admitted", kept, dropped);
    return journal;
}

PeerConfig peer_config(const LoadedHome& loaded, const Home& home) {
    const NodeConfig::P2p& p2p = loaded.config.p2p;
    return {.address = p2p.address,
            .port = p2p.port,
            .external_address = p2p.external_address,
            .persistent_peers = p2p.persistent_peers,
            .seeds = p2p.seeds,
            .max_inbound = p2p.max_inbound,
            .max_outbound = p2p.max_outbound,
            .chain_id = loaded.genesis.chain_name,
            .genesis = genesis_hash(loaded.genesis),
            .address_book = home.address_book().string()};
}

// Trusted validators must still lose their stake for signing another chain.
Result<TrustOptions> trust_of(const NodeConfig::StateSync& config, std::uint64_t unbonding_s) {
    TrustOptions out{.height = static_cast<std::int64_t>(config.trust_height),
                     .hash = {},
                     .period_s = config.trust_period_s};
    if (out.height == 0) return out;
    if (config.trust_period_s >= unbonding_s)
        return failure("state_sync.trust_period_s must be less than the " +
                       std::to_string(unbonding_s) + " s that stake takes to unbond");
    const auto hash = fixed_from_hex<32>(config.trust_hash);
    if (!hash)
        return failure("state_sync.trust_hash must be the 64 hex digits of the hash of header " +
                       std::to_string(out.height));
    out.hash = *hash;
    return out;
}

void told_of_snapshot(const Result<SnapshotManifest>& made) {
    if (made)
        spdlog::info("snapshot of height {}: {} chunks", made->height, made->chunks);
    else
        spdlog::warn("snapshot: {}", made.error().message);
}

// The chain promises committed transactions only: a journal that cannot be written is told, and
// stops nothing.
void warn_of_journal(const Result<void>& done) {
    if (!done) spdlog::warn("journal of waiting transactions: {}", done.error().message);
}

}  // namespace

// Declared in the order of construction; destroyed the other way round.
struct Node::Impl {
    LoadedHome loaded;
    std::filesystem::path genesis_file;
    PosixDisk disk;
    std::unique_ptr<Registry> registry;
    std::unique_ptr<Database> database;
    std::unique_ptr<ChainApp> app;
    std::unique_ptr<TimedApp> timed;
    std::unique_ptr<SnapshotStore> snapshot_store;
    std::unique_ptr<ChainSnapshots> snapshots;
    Mempool mempool;
    std::unique_ptr<MempoolJournal> journal;
    std::unique_ptr<FileSigner> signer;
    std::unique_ptr<FileVrfProver> prover;  // none where the home has no such keys
    std::unique_ptr<NodeKey> node_key;
    std::unique_ptr<Wal> wal;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Rpc> rpc;

    Result<void> open_store(const Home& home);
    Result<void> open_keys(const Home& home);
    // Begins an empty chain with a snapshot, where the configuration names a header to trust.
    Result<void> restore(const ChainIdentity& identity, const PeerConfig& peers,
                         const std::stop_token& stop);
    Result<void> open_engine(ChainIdentity identity, PeerConfig peers);
    bool has_block() const {
        return app->index().earliest_height() <= app->index().latest_height();
    }
    void tell_of_block() {
        const std::lock_guard lock(block_mutex);
        block_came.notify_all();
    }
    // Until a block is here whole. False where `stop` is requested before.
    bool wait_for_block(const std::stop_token& stop) {
        std::unique_lock lock(block_mutex);
        return block_came.wait(lock, stop, [this] { return has_block(); });
    }
    std::mutex block_mutex;
    std::condition_variable_any block_came;
};

Node::Node(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Node::~Node() {
    stop();
}

Result<void> Node::Impl::open_store(const Home& home) {
    registry = std::make_unique<Registry>(all_modules());
    auto opened = Database::open(home.data().string());
    if (!opened) return opened.error();
    database = std::move(*opened);
    auto made = ChainApp::open(app_config(loaded.genesis), *registry, *database);
    if (!made) return made.error();
    app = std::move(*made);
    timed = std::make_unique<TimedApp>(*app);
    auto store = SnapshotStore::open(home.snapshots().string(), loaded.config.snapshots.keep);
    if (!store) return store.error();
    snapshot_store = std::move(*store);
    snapshots = std::make_unique<ChainSnapshots>(*app, *snapshot_store, told_of_snapshot);
    return {};
}

Result<void> Node::Impl::open_keys(const Home& home) {
    auto opened = open_signer(disk, home);
    if (!opened) return opened.error();
    signer = std::move(*opened);
    if (disk.exists(home.vrf_key().string())) {
        auto vrf_keys = load_vrf_file(disk, home.vrf_key().string());
        if (!vrf_keys) return vrf_keys.error();
        prover = std::make_unique<FileVrfProver>(std::move(*vrf_keys));
    }
    auto key = load_node_key(disk, home.node_key().string());
    if (!key) return key.error();
    node_key = std::make_unique<NodeKey>(std::move(*key));
    return {};
}

Result<void> Node::Impl::restore(const ChainIdentity& identity, const PeerConfig& peers,
                                 const std::stop_token& stop) {
    const auto trust =
        trust_of(loaded.config.state_sync, loaded.genesis.modules.staking.unbonding_s);
    if (!trust) return trust.error();
    if (trust->height == 0 || app->info().initialised) return {};
    const auto joined = join_by_snapshot({.identity = identity,
                                          .trust = *trust,
                                          .app = *app,
                                          .snapshots = *snapshots,
                                          .peers = peers,
                                          .node_key = *node_key},
                                         stop);
    if (!joined) return joined.error();
    if (*joined == JoinOutcome::stopped) return failure(kStopped);
    return {};
}

Result<void> Node::Impl::open_engine(ChainIdentity identity, PeerConfig peers) {
    const NodeConfig& config = loaded.config;
    auto created = Engine::create(
        {.identity = std::move(identity),
         .config = {.propose_ms = config.engine.propose_timeout_ms,
                    .vote_ms = config.engine.vote_timeout_ms,
                    .more_each_round_ms = config.engine.timeout_growth_ms,
                    .empty_block_interval_ms = config.engine.empty_block_interval_ms},
         .app = *timed,
         .mempool = mempool,
         .wal = *wal,
         .signer = signer.get(),
         .prover = prover.get(),
         .peers = std::move(peers),
         .snapshots = *snapshots,
         .snapshot_interval = config.snapshots.interval,
         .node_key = *node_key,
         .judge = [this](Bytes raw) { return NodeTxPool(*app, mempool).judge(std::move(raw)); },
         .check_ahead =
             [this](std::span<const ClaimedTxs> blocks) { return app->check_ahead(blocks); }});
    if (!created) return created.error();
    engine = std::move(*created);
    return engine->recover();
}

Result<std::unique_ptr<Node>> Node::open(const Home& home, LoadedHome loaded,
                                         const std::stop_token& stop) {
    auto impl = std::make_unique<Impl>();
    Impl& p = *impl;
    p.loaded = std::move(loaded);
    p.genesis_file = home.genesis();
    auto identity = identity_of(p.loaded.genesis);
    if (!identity) return identity.error();
    if (auto opened = p.open_store(home); !opened) return opened.error();
    auto peers = peer_config(p.loaded, home);
    p.loaded.genesis.accounts = {};  // the application has what it needs of them
    if (auto opened = p.open_keys(home); !opened) return opened.error();
    if (auto restored = p.restore(*identity, peers, stop); !restored) return restored.error();
    auto wal = Wal::open(p.disk, {.directory = home.log().string()});
    if (!wal) return wal.error();
    p.wal = std::move(*wal);
    if (auto opened = p.open_engine(std::move(*identity), std::move(peers)); !opened)
        return opened.error();
    auto journal = open_journal(p.disk, home, *p.app, p.mempool);
    if (!journal) return journal.error();
    p.journal = std::move(*journal);
    return std::unique_ptr<Node>(new Node(std::move(impl)));
}

Result<Endpoints> Node::start(std::function<void(const Error&)> failed,
                              const std::stop_token& stop) {
    Impl& p = *impl_;
    p.rpc = std::make_unique<Rpc>(p.loaded.config, *p.app, p.mempool, p.timed->times(), *p.engine);
    p.rpc->comet = std::make_unique<CometServer>(
        p.loaded.config,
        NodeComet::Parts{.app = *p.app,
                         .mempool = p.mempool,
                         .engine = *p.engine,
                         .workers = p.rpc->workers,
                         .node = comet_node(p.loaded, *p.signer, p.node_key->id()),
                         .genesis = p.genesis_file},
        p.rpc->limiter);
    p.mempool.on_added([&p](const CheckedTxPtr& tx) {
        warn_of_journal(p.journal->add(*tx));
        p.engine->added(tx);
        p.rpc->api.on_pending(tx);
    });
    auto begun = p.engine->start({.committed =
                                      [&p](const CommittedBlock&) {
                                          warn_of_journal(p.journal->trim(p.mempool));
                                          p.rpc->on_block();
                                          p.tell_of_block();
                                      },
                                  .failed = std::move(failed)});
    if (!begun) return begun.error();
    if (!p.wait_for_block(stop)) return failure(kStopped);
    if (auto listening = p.rpc->start(); !listening) return listening.error();
    return Endpoints{.rpc_port = p.rpc->server->port(),
                     .comet_port = p.rpc->comet->port(),
                     .chain_id = p.loaded.genesis.chain_id,
                     .chain_name = p.loaded.genesis.chain_name};
}

void Node::stop() {
    if (impl_ == nullptr) return;
    if (impl_->rpc) impl_->rpc->stop();
    impl_->engine->stop();
}

}  // namespace assay::node
