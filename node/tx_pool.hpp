// Owns NodeTxPool: the RPC's port to the mempool.
#pragma once

#include "chain/app/chain_app.hpp"
#include "consensus/gossip/tx_gossip.hpp"
#include "consensus/mempool/mempool.hpp"
#include "rpc/eth/backend.hpp"

namespace assay::node {

// Thread-safe. Both must outlive it.
class NodeTxPool final : public rpc::TxPool {
  public:
    NodeTxPool(ChainApp& app, Mempool& mempool) : app_(app), mempool_(mempool) {}

    boost::system::result<Hash256, TxRejection> submit(Bytes raw) override;
    // As submit(), for what a peer sent. Invalid is what no honest node can have taken.
    consensus::TxVerdict judge(Bytes raw);
    std::uint64_t next_nonce(const Address& sender, std::uint64_t account_nonce) const override;
    CheckedTxPtr find(const Hash256& hash) const override;
    std::vector<rpc::WaitingTxs> content() const override;
    std::pair<std::size_t, std::size_t> counts() const override;

  private:
    ChainApp& app_;
    Mempool& mempool_;
};

}  // namespace assay::node
