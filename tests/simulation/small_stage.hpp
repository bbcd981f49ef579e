// Owns SmallStage: the small application that most seeds run.
#pragma once

#include "tests/simulation/sim_app.hpp"
#include "tests/simulation/stage.hpp"

namespace assay::simulation {

class SmallStage final : public Stage {
  public:
    explicit SmallStage(const Plan& plan);
    consensus::ChainIdentity identity() const override;
    std::unique_ptr<HostedApp> host(test::MemoryDisk& disk) override;
    consensus::VrfProver* prover(std::size_t) override { return nullptr; }
    bool is_tx(ByteView raw) const override { return decode_tx(raw) != nullptr; }
    Bytes next_tx(Random& random, const Witness& witness) override;
    Bytes probe(std::size_t node) const override;
    Bytes forged_tx(std::uint64_t nonce, std::uint64_t salt) const override;
    Address forger() const override;
    std::string audit(const std::vector<const HostedApp*>&, Facts&) const override { return {}; }

  private:
    const Plan& plan_;
    SimApp::Rules rules_;
    std::vector<std::uint64_t> next_nonces_;  // of clients
};

}  // namespace assay::simulation
