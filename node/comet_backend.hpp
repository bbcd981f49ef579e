// Owns NodeComet: the node as the CometBFT style RPC sees it.
#pragma once

#include <filesystem>
#include <mutex>

#include "chain/app/chain_app.hpp"
#include "node/engine.hpp"
#include "node/tx_pool.hpp"
#include "rpc/comet/backend.hpp"
#include "rpc/server/worker_pool.hpp"

namespace assay::node {

// A genesis file as compact JSON; one too large to be held is read where it lies.
class GenesisFile {
  public:
    explicit GenesisFile(std::filesystem::path path);
    std::uint64_t size() const { return size_; }
    Result<std::string> part(std::uint64_t from, std::size_t bytes) const;

  private:
    std::filesystem::path path_;
    std::string held_;
    std::uint64_t size_ = 0;
};

// Thread-safe. What it refers to must outlive it.
class NodeComet final : public rpc::CometBackend {
  public:
    struct Parts {
        ChainApp& app;
        Mempool& mempool;
        const Engine& engine;
        rpc::WorkerPool& workers;
        rpc::CometNode node;
        std::filesystem::path genesis;
    };
    explicit NodeComet(Parts parts);

    rpc::WorkerPool& workers() const { return parts_.workers; }
    const rpc::CometNode& node() const override { return parts_.node; }
    std::uint64_t base() const override;
    std::uint64_t height() const override;
    bool catching_up() const override { return parts_.engine.catching_up_to() != 0; }
    std::optional<rpc::CometBlock> block(std::uint64_t height) const override;
    std::optional<consensus::Commit> seen_commit(std::uint64_t height) const override;
    std::optional<consensus::ValidatorSet> validators_at(std::uint64_t height) const override;
    std::optional<rpc::CometOutcome> outcome(const rpc::CometBlock& block) const override;
    std::optional<std::uint64_t> height_of(const Hash256& header_hash) const override;
    std::optional<rpc::CometTxPlace> locate(const Hash256& tx_sha256) const override;
    Hash256 app_hash() const override;
    Result<rpc::CometStoreValue> prove(ByteView key, std::uint64_t height) const override;
    std::vector<rpc::CometPeer> peers() const override;
    rpc::CometWaiting waiting() const override;
    std::vector<Bytes> waiting_txs(std::size_t limit) const override;
    boost::system::result<CheckedTxPtr, TxRejection> check(Bytes raw) const override;
    boost::system::result<Hash256, TxRejection> submit(Bytes raw) override;
    std::uint64_t genesis_bytes() const override { return genesis_.size(); }
    Result<std::string> genesis_part(std::uint64_t from, std::size_t bytes) const override;
    void post(std::function<void()> task) override { parts_.workers.post(std::move(task)); }
    void after(std::uint32_t delay_ms, std::function<void()> task) override {
        parts_.workers.after(std::chrono::milliseconds(delay_ms), std::move(task));
    }

  private:
    // Of heights above the newest block.
    std::optional<consensus::ValidatorSet> validators_to_come(std::uint64_t height) const;
    std::vector<consensus::Validator> updates_of(std::uint64_t height) const;

    Parts parts_;
    NodeTxPool pool_;
    GenesisFile genesis_;
    // A set and the height whose turns it shows: the next ones begin there.
    struct Turned {
        std::uint64_t since = 0;
        std::uint64_t height = 0;
        consensus::ValidatorSet set;
    };
    mutable std::mutex turned_mutex_;
    mutable std::optional<Turned> turned_;
};

}  // namespace assay::node
