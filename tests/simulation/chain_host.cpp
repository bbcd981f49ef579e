// Processes over a store, and commits that a disk may break off.
#include "tests/simulation/chain_host.hpp"

#include "chain/exec/ledger.hpp"

namespace assay::simulation {

namespace {

constexpr DatabaseOptions kSmallStore{
    .write_buffer_bytes = 4U << 20U, .cache_bytes = 4U << 20U, .open_files = 64};

}  // namespace

Result<void> HostedChain::open() const {
    auto database = Database::open(path_, kSmallStore);
    if (!database) return database.error();
    database_ = std::move(*database);
    auto app = ChainApp::open(ground_.config(), ground_.registry, *database_);
    if (!app) return app.error();
    app_ = std::move(*app);
    return {};
}

ChainApp& HostedChain::chain() const {
    if (!app_) CHECK(open().has_value());
    return *app_;
}

Result<Application*> HostedChain::start() {
    stop();
    if (const auto opened = open(); !opened) return opened.error();
    height_ = app_->info().last_height;
    return this;
}

void HostedChain::stop() {
    app_.reset();
    database_.reset();
}

HostedApp::Admitted HostedChain::admit(Bytes raw) {
    if (auto known = chain().admitted_before(raw)) {
        const std::uint64_t nonce = nonce_of(known->sender);
        return {.tx = std::move(known), .account_nonce = nonce};
    }
    auto admitted = chain().admit(std::move(raw));
    if (!admitted) return {};
    return {.tx = std::move(admitted->tx), .account_nonce = admitted->account_nonce};
}

std::uint64_t HostedChain::nonce_of(const Address& sender) const {
    const auto latest = chain().store().latest();
    return latest ? ledger::nonce(State(*latest), sender) : 0;
}

Result<Hash256> HostedChain::init_chain() {
    if (const auto alive = disk_.effect(); !alive) return alive.error();
    return chain().init_chain();
}

FinalizeResponse HostedChain::finalize_block(const FinalizeRequest& request) {
    FinalizeResponse out = chain().finalize_block(request);
    pending_hash_ = out.app_hash;
    return out;
}

Result<void> HostedChain::commit(std::span<const EngineRecord> records) {
    const auto alive = disk_.effect();
    if (!alive && (pending_hash_.bytes[0] % 2 == 0 || disk_.stopped_before())) return alive;
    if (const auto done = chain().commit(records); !done) return done;
    height_ = chain().info().last_height;
    return alive;
}

}  // namespace assay::simulation
