// Machines and clients of the small application.
#include "tests/simulation/small_stage.hpp"

#include "tests/simulation/keys.hpp"

namespace assay::simulation {

using namespace consensus;

namespace {

constexpr std::uint64_t kClients = 6;
constexpr std::uint64_t kForgersSender = 255;

class HostedSmall final : public HostedApp {
  public:
    HostedSmall(test::MemoryDisk& disk, const SimApp::Rules& rules) : disk_(disk), rules_(rules) {}

    Result<Application*> start() override {
        app_ = std::make_unique<SimApp>(disk_, store_, rules_);
        return app_.get();
    }
    void stop() override { app_.reset(); }
    Admitted admit(Bytes raw) override {
        auto tx = decode_tx(raw);
        const std::uint64_t nonce = tx ? nonce_of(tx->sender) : 0;
        return {.tx = std::move(tx), .account_nonce = nonce};
    }
    std::uint64_t height() const override { return store_.height; }
    std::optional<Bytes> record(ByteView key) const override {
        const auto at = store_.records.find(to_bytes(key));
        if (at == store_.records.end()) return std::nullopt;
        return at->second;
    }
    std::uint64_t nonce_of(const Address& sender) const override {
        const auto at = store_.nonces.find(sender.bytes[0]);
        return at == store_.nonces.end() ? 0 : at->second;
    }

  private:
    test::MemoryDisk& disk_;
    const SimApp::Rules& rules_;
    SimStore store_;
    std::unique_ptr<SimApp> app_;
};

}  // namespace

SmallStage::SmallStage(const Plan& plan) : plan_(plan), next_nonces_(kClients) {
    rules_.genesis_powers = plan.powers;
    rules_.block_gas = plan.block_gas;
    rules_.allows = [&plan](const std::vector<std::int64_t>& powers) {
        return plan.tolerates(powers);
    };
}

ChainIdentity SmallStage::identity() const {
    ChainIdentity out;
    out.chain_id = "simulated-1";
    out.genesis_time = {1'700'000'000, 0};
    out.block.max_bytes = plan_.max_block_bytes;
    std::vector<Validator> validators;
    for (std::size_t key = 0; key < plan_.powers.size(); ++key)
        if (plan_.powers[key] > 0)
            validators.push_back(make_validator(key_of(key).public_key, plan_.powers[key]));
    out.validators = ValidatorSet::create(validators).value();
    return out;
}

std::unique_ptr<HostedApp> SmallStage::host(test::MemoryDisk& disk) {
    return std::make_unique<HostedSmall>(disk, rules_);
}

Bytes SmallStage::next_tx(Random& random, const Witness& witness) {
    const std::uint64_t sender = random.below(kClients);
    SimTx tx{.sender = sender, .nonce = next_nonces_[sender], .salt = random.next()};
    tx.padding = random.bytes(random.below(plan_.largest_tx + 1));
    if (plan_.changes_validators && random.percent(15)) {
        tx.power_of = random.between(1, plan_.powers.size());
        tx.power = random.percent(25) ? 0 : random.between(1, 30);
    }
    // Other versions of a nonce go about when a client asks again; one of them is taken.
    const std::uint64_t taken = witness().nonce_of(address_of_sender(sender));
    if (random.percent(20))
        tx.nonce = taken;
    else
        ++next_nonces_[sender];
    if (next_nonces_[sender] > taken + 20) next_nonces_[sender] = taken;
    return encode_tx(tx);
}

Bytes SmallStage::probe(std::size_t node) const {
    return encode_tx({.sender = kFirstUrgentSender + node, .salt = node});
}

Bytes SmallStage::forged_tx(std::uint64_t nonce, std::uint64_t salt) const {
    return encode_tx({.sender = kForgersSender, .nonce = nonce, .salt = salt});
}

Address SmallStage::forger() const {
    return address_of_sender(kForgersSender);
}

}  // namespace assay::simulation
