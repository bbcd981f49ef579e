// The families of metrics, and counting blocks once each.
#include "node/metrics.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <sys/resource.h>

#include "chain/exec/deadlines.hpp"

namespace assay::node {

namespace {

constexpr const char* kTextType = "text/plain; version=0.0.4";

std::uint64_t peak_memory_bytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1'024;  // Linux counts in KiB
}

// How long what is due longest has waited for its turn: 0 unless more fell due than blocks handle.
std::uint64_t deadlines_late_s(const rpc::Blocks& blocks) {
    const auto newest = blocks.state({});
    if (!newest) return 0;
    const State state(*newest->reader);
    const auto first = state.first(kDeadlines);
    const std::uint64_t now_s = newest->block.header.timestamp_s;
    return first && first->first.time_s < now_s ? now_s - first->first.time_s : 0;
}

void put_block_times(rpc::MetricsText& out, const BlockTimes& times) {
    out.head("assay_block_seconds", "histogram", "Time of each step of making a block.");
    out.histogram("assay_block_seconds", R"(step="build")", times.build);
    out.histogram("assay_block_seconds", R"(step="check")", times.check);
    out.histogram("assay_block_seconds", R"(step="execute")", times.execute);
    out.histogram("assay_block_seconds", R"(step="commit")", times.commit);
    out.head("assay_consensus_block_interval_seconds", "histogram",
             "From one block's commit to the next.");
    out.histogram("assay_consensus_block_interval_seconds", "", times.interval);
}

void put_calls(rpc::MetricsText& out, const rpc::Dispatcher& calls) {
    constexpr std::string_view name = "assay_rpc_requests_total";
    out.head(name, "counter", "JSON-RPC calls by method and outcome.");
    calls.visit_counts([&](std::string_view method, std::uint64_t ok, std::uint64_t error) {
        const std::string label = R"(method=")" + std::string(method) + R"(",outcome=)";
        if (ok > 0) out.sample(name, label + R"("answered")", ok);
        if (error > 0) out.sample(name, label + R"("refused")", error);
    });
}

void put_consensus(rpc::MetricsText& out, const Engine& engine) {
    const ConsensusFigures seen = engine.consensus_figures();
    out.counter("assay_consensus_rounds_total", "Rounds beyond the first of their heights.",
                seen.rounds);
    out.counter("assay_consensus_evidence_total", "Double votes proven in blocks.", seen.evidence);
    out.gauge("assay_consensus_validators", "Validators of the newest block.", seen.validators);
    out.gauge("assay_consensus_validators_power", "Their voting power.", seen.power);
    out.gauge("assay_consensus_missing_validators", "Those whose precommit it was decided without.",
              seen.validators_absent);
    out.gauge("assay_blocksync_syncing", "1 while the node catches up.",
              engine.catching_up_to() > 0);
    out.gauge("assay_blocksync_best_height", "The highest block a peer tells of.",
              seen.sync.best_height);
    out.counter("assay_blocksync_blocks_total", "Blocks taken over from peers.",
                seen.sync.blocks_ingested);
    out.counter("assay_gossip_received_total", "Transactions that peers sent.",
                seen.gossip.received);
    out.counter("assay_gossip_duplicates_total", "Those that were here already.",
                seen.gossip.duplicates);
    out.counter("assay_gossip_dropped_total", "Transactions and hashes that found no room.",
                seen.gossip.dropped);
    out.counter("assay_gossip_timeouts_total", "Transactions that a peer did not give in time.",
                seen.gossip.timeouts);
}

// `way` is sent or received.
void put_flow(rpc::MetricsText& out, const std::string& way,
              std::span<const consensus::PeerStats::Flow> flow) {
    static constexpr std::array kNames{"link",   "consensus", "transactions",
                                       "blocks", "snapshots", "addresses"};
    const auto put = [&](const std::string& what, const std::string& help, auto member) {
        const std::string name = "assay_p2p_" + what + '_' + way + "_total";
        out.head(name, "counter", help);
        for (std::size_t i = 1; i < flow.size(); ++i)
            out.sample(name, R"(channel=")" + std::string(kNames[i]) + '"', flow[i].*member);
    };
    put("messages", "Messages " + way + '.', &consensus::PeerStats::Flow::messages);
    put("bytes", "Bytes of messages " + way + ", without frames.",
        &consensus::PeerStats::Flow::bytes);
}

void put_peers(rpc::MetricsText& out, const Engine& engine) {
    const consensus::PeerStats peers = engine.peer_stats();
    const auto infos = engine.peers();
    const auto dialled = std::count_if(
        infos.begin(), infos.end(), [](const consensus::PeerInfo& peer) { return peer.dialled; });
    out.gauge("assay_p2p_peers", "Connected peers.", infos.size());
    out.gauge("assay_p2p_peers_outbound", "Those that this node called.",
              static_cast<std::uint64_t>(dialled));
    out.gauge("assay_p2p_half_open", "Links that have not shown who they are.", peers.half_open);
    out.gauge("assay_p2p_addresses", "Addresses of nodes known.", peers.addresses);
    out.gauge("assay_p2p_queued_bytes", "Bytes that wait to be sent.", peers.queued);
    out.gauge("assay_p2p_held_bytes", "Bytes received and not worked off.", peers.held);
    out.counter("assay_p2p_dropped_total", "Messages that found no room in a peer's queue.",
                peers.dropped);
    out.counter("assay_p2p_refused_total", "Callers for whom there was no room.", peers.refused);
    out.counter("assay_p2p_banned_total", "Peers banned for what they did.", peers.banned);
    put_flow(out, "sent", peers.out);
    put_flow(out, "received", peers.in);
}

}  // namespace

NodeMetrics::NodeMetrics(const NodeConfig::Metrics& config, Measured measured,
                         rpc::WorkerPool& workers, rpc::RateLimiter& limiter)
    : measured_(measured), next_height_(measured.first_height + 1) {
    if (config.port == 0) return;
    rpc::ServerConfig server;
    server.address = config.address;
    server.port = config.port;
    server.max_connections = 16;
    server.cors_origins.clear();
    rpc::HttpRoutes routes;
    routes.exact["/metrics"] = [this](std::string_view) {
        return rpc::HttpReply{.status = 200, .content_type = kTextType, .body = text()};
    };
    server_ = std::make_unique<rpc::Server>(std::move(server), workers, none_, limiter,
                                            std::move(routes));
}

Result<void> NodeMetrics::start() {
    return server_ ? server_->start() : Result<void>();
}

void NodeMetrics::stop() {
    if (server_) server_->stop();
}

void NodeMetrics::count_blocks() {
    const std::lock_guard lock(counting_);
    for (; next_height_ <= measured_.blocks.latest(); ++next_height_) {
        const auto block = measured_.blocks.full(next_height_);
        if (!block) return;
        std::uint64_t refused = 0;
        for (const auto& receipt : block->receipts) refused += receipt.code != TxCode::ok ? 1 : 0;
        refused_ += refused;
        committed_ += block->receipts.size() - refused;
    }
}

std::string NodeMetrics::text() const {
    rpc::MetricsText out;
    out.gauge("assay_height", "The newest block.", measured_.blocks.latest());
    out.gauge("assay_mempool_transactions", "Waiting transactions.", measured_.mempool.size());
    out.gauge("assay_mempool_bytes", "Bytes of waiting transactions.", measured_.mempool.bytes());
    out.head("assay_transactions_total", "counter", "Transactions in blocks since the start.");
    out.sample("assay_transactions_total", R"(outcome="done")", committed_);
    out.sample("assay_transactions_total", R"(outcome="refused")", refused_);
    out.gauge(
        "assay_deadlines_late_seconds",
        "How long the first deadline has been due; 0 unless more fell due than blocks handle.",
        deadlines_late_s(measured_.blocks));
    put_block_times(out, measured_.times);
    put_consensus(out, measured_.engine);
    out.counter("assay_blocksync_joint_signatures_total",
                "Signatures of peers' blocks that were checked jointly, not recovered.",
                measured_.claimed_senders.held_jointly());
    put_peers(out, measured_.engine);
    put_calls(out, measured_.calls);
    out.gauge("assay_rpc_connections", "Open RPC connections.", measured_.server.connections());
    out.gauge("assay_memory_peak_bytes", "Largest resident memory so far.", peak_memory_bytes());
    return out.take();
}

}  // namespace assay::node
