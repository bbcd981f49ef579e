// The server's settings and its methods.
#include "node/comet_server.hpp"

namespace assay::node {

namespace {

rpc::ServerConfig server_config(const NodeConfig& config) {
    rpc::ServerConfig out;
    out.address = config.comet.address;
    out.port = config.comet.any_port ? 0 : config.comet.port;
    out.max_connections = config.rpc.max_connections;
    out.cors_origins = config.rpc.cors_origins;
    return out;
}

const rpc::Dispatcher& filled(rpc::Dispatcher& dispatcher, rpc::comet::CometApi& api) {
    api.add_methods(dispatcher);
    return dispatcher;
}

}  // namespace

CometServer::CometServer(const NodeConfig& config, NodeComet::Parts parts,
                         rpc::RateLimiter& limiter)
    : wanted_(config.comet.any_port || config.comet.port != 0),
      backend_(std::move(parts)),
      api_(backend_),
      dispatcher_({}, rpc::comet::CometApi::reword),
      server_(server_config(config), backend_.workers(), filled(dispatcher_, api_), limiter,
              api_.routes(dispatcher_)) {}

Result<void> CometServer::start() {
    if (!wanted_) return {};
    if (auto listening = server_.start(); !listening) return listening;
    listening_ = true;
    return {};
}

void CometServer::stop() {
    if (listening_) server_.stop();
}

std::uint16_t CometServer::port() const {
    return listening_ ? server_.port() : std::uint16_t{0};
}

void CometServer::on_block() {
    if (listening_) api_.on_block();
}

}  // namespace assay::node
