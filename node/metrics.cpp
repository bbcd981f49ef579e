// The families of metrics, and counting blocks once each.
#include "node/metrics.hpp"

#include <sys/resource.h>

namespace assay::node {

namespace {

constexpr const char* kTextType = "text/plain; version=0.0.4";

std::uint64_t peak_memory_bytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1'024;  // Linux counts in KiB
}

void put_block_times(rpc::MetricsText& out, const BlockTimes& times) {
    out.head("assay_block_seconds", "histogram", "Time of each step of making a block.");
    out.histogram("assay_block_seconds", R"(step="build")", times.build);
    out.histogram("assay_block_seconds", R"(step="execute")", times.execute);
    out.histogram("assay_block_seconds", R"(step="commit")", times.commit);
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
    put_block_times(out, measured_.times);
    put_calls(out, measured_.calls);
    out.gauge("assay_rpc_connections", "Open RPC connections.", measured_.server.connections());
    out.gauge("assay_memory_peak_bytes", "Largest resident memory so far.", peak_memory_bytes());
    return out.take();
}

}  // namespace assay::node
