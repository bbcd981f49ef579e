// Owns ChainStage: the real chain with staked validators and funded accounts.
#pragma once

#include "consensus/privval/vrf_keys.hpp"
#include "genesis/genesis.hpp"
#include "tests/simulation/chain_clients.hpp"
#include "tests/simulation/chain_host.hpp"

namespace assay::simulation {

class ChainStage final : public Stage {
  public:
    explicit ChainStage(const Plan& plan);
    ~ChainStage() override;
    consensus::ChainIdentity identity() const override;
    std::unique_ptr<HostedApp> host(test::MemoryDisk& disk) override;
    consensus::VrfProver* prover(std::size_t key) override { return provers_.at(key).get(); }
    bool is_tx(ByteView raw) const override;
    Bytes next_tx(Random& random, const Witness& witness) override;
    Bytes probe(std::size_t node) const override;
    Bytes forged_tx(std::uint64_t nonce, std::uint64_t salt) const override;
    Address forger() const override { return account_address(kForger); }
    // Every record and invariant on every machine, and all blocks executed again.
    std::string audit(const std::vector<const HostedApp*>& honest, Facts& facts) const override;

  private:
    const Plan& plan_;
    Registry registry_;
    GenesisDoc genesis_;
    ChainGround ground_;
    std::size_t hosts_ = 0;
    ChainClients clients_;
    std::vector<std::unique_ptr<consensus::FileVrfProver>> provers_;  // by key
};

}  // namespace assay::simulation
