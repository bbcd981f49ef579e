// Telling subscribers and waiting calls about blocks, in order and off the engine's thread.
#include "rpc/eth/eth_api.hpp"

namespace assay::rpc {

EthApi::EthApi(Backend given, EthLimits given_limits)
    : backend(std::move(given)),
      limits(given_limits),
      blocks(backend, limits.cached_blocks),
      filters(limits),
      subscriptions(limits),
      waits(backend, blocks, limits),
      next_published_(blocks.latest() + 1) {}

void EthApi::add_methods(Dispatcher& dispatcher) {
    add_node_methods(dispatcher, *this);
    add_block_methods(dispatcher, *this);
    add_tx_methods(dispatcher, *this);
    add_state_methods(dispatcher, *this);
    add_fee_methods(dispatcher, *this);
    add_log_methods(dispatcher, *this);
    add_send_methods(dispatcher, *this);
    add_pool_methods(dispatcher, *this);
    add_otterscan_methods(dispatcher, *this);
}

void EthApi::on_block() {
    backend.workers.post([this] { publish(); });
}

void EthApi::publish() {
    const std::lock_guard lock(publishing_);
    next_published_ = std::max(next_published_, backend.index.earliest_height());
    for (; next_published_ <= blocks.latest(); ++next_published_) {
        const auto block = blocks.full(next_published_);
        if (!block) return;
        waits.publish_block(*block);
        subscriptions.publish_block(block);
    }
}

void EthApi::on_pending(const CheckedTxPtr& tx) {
    filters.add_pending(tx->hash);
    if (!subscriptions.wants_pending()) return;
    backend.workers.post([this, tx] { subscriptions.publish_pending(*tx); });
}

}  // namespace assay::rpc
