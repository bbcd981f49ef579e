// Checking before keeping.
#include "node/tx_pool.hpp"

namespace assay::node {

namespace {

constexpr std::string_view kPoolFull = "txpool is full";  // the mempool's words, which are geth's

}  // namespace

boost::system::result<Hash256, TxRejection> NodeTxPool::submit(Bytes raw) {
    // Before the signature is recovered: repeating oneself is cheap for the sender.
    const auto before = app_.admitted_before(raw);
    if (before && mempool_.find(before->hash)) return TxRejection{TxCode::ok, "already known"};
    const auto admitted = app_.admit(std::move(raw));
    if (!admitted) return admitted.error();
    const auto added = mempool_.add(admitted->tx, admitted->account_nonce);
    if (!added) return TxRejection{TxCode::ok, added.error().message};
    return admitted->tx->hash;
}

consensus::TxVerdict NodeTxPool::judge(Bytes raw) {
    using consensus::TxVerdict;
    const auto before = app_.admitted_before(raw);
    if (before && mempool_.find(before->hash)) return TxVerdict::known;
    const auto admitted = app_.admit(raw);
    if (!admitted)
        return app_.checker().check(std::move(raw)) ? TxVerdict::refused : TxVerdict::invalid;
    const auto added = mempool_.add(admitted->tx, admitted->account_nonce);
    if (added) return TxVerdict::accepted;
    return added.error().message == kPoolFull ? TxVerdict::busy : TxVerdict::refused;
}

std::uint64_t NodeTxPool::next_nonce(const Address& sender, std::uint64_t account_nonce) const {
    return mempool_.next_nonce(sender, account_nonce);
}

CheckedTxPtr NodeTxPool::find(const Hash256& hash) const {
    return mempool_.find(hash);
}

std::vector<rpc::WaitingTxs> NodeTxPool::content() const {
    std::vector<rpc::WaitingTxs> out;
    for (auto& sender : mempool_.content())
        out.push_back({sender.sender, std::move(sender.pending), std::move(sender.queued)});
    return out;
}

std::pair<std::size_t, std::size_t> NodeTxPool::counts() const {
    return mempool_.counts();
}

}  // namespace assay::node
