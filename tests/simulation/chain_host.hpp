// Owns HostedChain: the real application of one simulated machine, on a store of its own.
#pragma once

#include "chain/app/chain_app.hpp"
#include "tests/simulation/stage.hpp"

namespace assay::simulation {

// What a chain of this world begins with, and where its stores are.
struct ChainGround {
    std::function<AppConfig()> config;
    const Registry& registry;
    std::string folder;
};

// Each process opens store and application again. Signatures of transactions are real ones.
class HostedChain final : public HostedApp, public Application {
  public:
    HostedChain(test::MemoryDisk& disk, const ChainGround& ground, std::size_t number)
        : disk_(disk), ground_(ground), path_(ground.folder + "/" + std::to_string(number)) {}

    Result<Application*> start() override;
    void stop() override;
    Admitted admit(Bytes raw) override;
    std::uint64_t height() const override { return height_; }
    std::optional<Bytes> record(ByteView key) const override { return chain().engine_record(key); }
    std::uint64_t nonce_of(const Address& sender) const override;

    AppInfo info() const override { return chain().info(); }
    Result<Hash256> init_chain() override;
    boost::system::result<CheckedTxPtr, TxRejection> check_tx(Bytes raw) override {
        return chain().check_tx(std::move(raw));
    }
    std::vector<CheckedTxPtr> prepare_proposal(const PrepareRequest& request) override {
        return chain().prepare_proposal(request);
    }
    bool process_proposal(const FinalizeRequest& request) override {
        return chain().process_proposal(request);
    }
    Result<void> may_execute(std::uint64_t height) const override {
        return chain().may_execute(height);
    }
    FinalizeResponse finalize_block(const FinalizeRequest& request) override;
    std::vector<CheckedTxPtr> pending_txs() const override { return chain().pending_txs(); }
    std::optional<ProofRequest> proof_request(const FixedBytes<20>& proposer) const override {
        return chain().proof_request(proposer);
    }
    Amount next_base_fee() const override { return chain().next_base_fee(); }
    std::uint64_t block_gas_limit() const override { return chain().block_gas_limit(); }
    Result<void> commit(std::span<const EngineRecord> records) override;
    std::optional<Bytes> engine_record(ByteView key) const override { return record(key); }

    // Opens the store where no process holds it.
    ChainApp& chain() const;

  private:
    Result<void> open() const;

    test::MemoryDisk& disk_;
    const ChainGround& ground_;
    std::string path_;
    std::uint64_t height_ = 0;
    Hash256 pending_hash_;
    mutable std::unique_ptr<Database> database_;
    mutable std::unique_ptr<ChainApp> app_;
};

}  // namespace assay::simulation
