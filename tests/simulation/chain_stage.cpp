// Genesis and the last look at a simulated chain.
#include "tests/simulation/chain_stage.hpp"

#include <filesystem>

#include "chain/app/audit.hpp"
#include "modules/market/tables.hpp"
#include "modules/staking/objects.hpp"
#include "modules/wiring/modules.hpp"
#include "tests/simulation/keys.hpp"

namespace assay::simulation {

using namespace consensus;

namespace {

constexpr std::uint64_t kGenesisTime_s = 1'700'009'990;  // ten seconds before the clocks' start
constexpr std::uint64_t kLeastBlockGas = 700'000;        // room for the largest message
constexpr std::size_t kFirstVrfKey = 1'000;
constexpr std::uint64_t kUrgentTip = 1'000'000'000'000;

Amount tokens(std::uint64_t count) {
    return Amount::from_raw(static_cast<u128>(kTokenUnits) * count);
}

// In memory where the system has such a folder.
std::string new_folder() {
    const std::filesystem::path memory = "/dev/shm";
    std::error_code ignored;
    const auto base = std::filesystem::is_directory(memory, ignored)
                          ? memory
                          : std::filesystem::temp_directory_path();
    std::string name = (base / "assay-sim-XXXXXX").string();
    CHECK(mkdtemp(name.data()) != nullptr);
    return name;
}

GenesisDoc genesis_of(const Plan& plan) {
    GenesisDoc doc;
    doc.chain_id = test::kWiredChainId;
    doc.chain_name = "assay-" + std::to_string(doc.chain_id) + "-1";
    doc.genesis_time_s = kGenesisTime_s;
    const auto fund = [&](std::size_t number) {
        doc.accounts.push_back({account_address(number), tokens(1'000'000)});
    };
    for (std::size_t i = 0; i < kClients; ++i) fund(i);
    for (std::size_t i = 0; i < plan.powers.size(); ++i) fund(kFirstOperator + i);
    for (std::size_t i = 0; i < plan.members.size(); ++i) fund(kFirstProbe + i);
    fund(kForger);
    for (std::size_t key = 0; key < plan.powers.size(); ++key) {
        if (plan.powers[key] == 0) continue;
        const auto vrf = crypto::public_key_of(account_key(kFirstVrfKey + key));
        doc.validators.push_back({.public_key = key_of(key).public_key,
                                  .power = static_cast<std::uint64_t>(plan.powers[key]),
                                  .fee_recipient = account_address(kFirstOperator + key),
                                  .vrf_public_key = vrf->compressed()});
    }
    doc.block.max_bytes = static_cast<std::uint64_t>(plan.max_block_bytes);
    doc.fees.block_gas_limit = kLeastBlockGas + plan.block_gas;
    doc.modules = devnet_params();
    // The honest are away here as long as the faults want; whoever loses its seat for it must not
    // make the Byzantine a third.
    doc.modules.staking.min_signed_ppm = 0;
    CHECK(validate(doc.modules).has_value());
    return doc;
}

void gather(const ChainApp& chain, Facts& facts) {
    for (std::uint64_t height = 1; height <= chain.store().height(); ++height) {
        if (!chain.index().block(height)->entry.empty()) ++facts["block entries"];
        for (const Receipt& receipt : chain.index().receipts(height))
            ++facts[receipt.code == TxCode::ok ? "transactions done" : "transactions refused"];
    }
    const State state(chain.store());
    const auto counters = state.get_or_default(market::kCounters, {});
    facts["orders"] += counters.orders;
    for (std::uint64_t id = 1; id <= counters.submissions; ++id) {
        const auto submission = state.must_get(market::kSubmissions, id);
        ++facts["submissions"];
        if (submission.dispute != 0) ++facts["disputes"];
        if (submission.state == market::SubmissionState::accepted ||
            submission.state == market::SubmissionState::finalized)
            ++facts["submissions paid"];
    }
    for (std::size_t key = 0; key < 64; ++key) {
        const auto validator = state.get(staking::kValidators, key_of(key).address);
        if (!validator) continue;
        if (validator->tombstoned) ++facts["validators expelled"];
        if (validator->commission_ppm != 0) ++facts["validators bonded"];
    }
}

}  // namespace

ChainStage::ChainStage(const Plan& plan)
    : plan_(plan),
      registry_(all_modules()),
      genesis_(genesis_of(plan)),
      ground_{.config = [this] { return app_config(genesis_); },
              .registry = registry_,
              .folder = new_folder()},
      clients_(plan) {
    for (std::size_t key = 0; key < plan.powers.size(); ++key)
        provers_.push_back(std::make_unique<FileVrfProver>(
            std::vector<crypto::SecretKey>{account_key(kFirstVrfKey + key)}));
}

ChainStage::~ChainStage() {
    std::error_code ignored;
    std::filesystem::remove_all(ground_.folder, ignored);
}

ChainIdentity ChainStage::identity() const {
    ChainIdentity out;
    out.chain_id = genesis_.chain_name;
    out.genesis_time = {static_cast<std::int64_t>(genesis_.genesis_time_s), 0};
    out.block = {.max_bytes = static_cast<std::int64_t>(genesis_.block.max_bytes),
                 .max_gas = static_cast<std::int64_t>(genesis_.fees.block_gas_limit)};
    std::vector<Validator> validators;
    for (const auto& one : genesis_.validators)
        validators.push_back(make_validator(one.public_key, static_cast<std::int64_t>(one.power)));
    out.validators = ValidatorSet::create(validators).value();
    return out;
}

std::unique_ptr<HostedApp> ChainStage::host(test::MemoryDisk& disk) {
    return std::make_unique<HostedChain>(disk, ground_, hosts_++);
}

bool ChainStage::is_tx(ByteView raw) const {
    return is_block_entry(raw) || decode_envelope(raw).has_value();
}

Bytes ChainStage::next_tx(Random& random, const Witness& witness) {
    return clients_.next(random, dynamic_cast<const HostedChain&>(witness()).chain());
}

Bytes ChainStage::probe(std::size_t node) const {
    return signed_payment({.from = kFirstProbe + node,
                           .nonce = 0,
                           .to = account_address(0),
                           .value = Amount(1 + node),
                           .tip = Amount(kUrgentTip)});
}

Bytes ChainStage::forged_tx(std::uint64_t nonce, std::uint64_t salt) const {
    return signed_payment({.from = kForger,
                           .nonce = nonce,
                           .to = account_address(0),
                           .value = Amount(1 + salt % 1'000'000),
                           .tip = Amount(1)});
}

std::string ChainStage::audit(const std::vector<const HostedApp*>& honest, Facts& facts) const {
    const ChainApp* longest = nullptr;
    for (std::size_t i = 0; i < honest.size(); ++i) {
        const ChainApp& chain = dynamic_cast<const HostedChain&>(*honest[i]).chain();
        for (const InvariantFailure& one : assay::audit(chain))
            return "audit of honest node " + std::to_string(i) + ": " + one.rule + ": " + one.what;
        if (longest == nullptr || chain.store().height() > longest->store().height())
            longest = &chain;
    }
    gather(*longest, facts);
    auto database = Database::open(ground_.folder + "/again");
    CHECK(database.has_value());
    auto fresh = ChainApp::open(ground_.config(), registry_, **database);
    CHECK(fresh.has_value());
    const auto replayed = replay(*longest, **fresh);
    return replayed ? "" : "replay: " + replayed.error().message;
}

}  // namespace assay::simulation
