// The engine's calls, answered by the executor over the state store and the index.
#include "chain/app/chain_app.hpp"

#include <algorithm>
#include <future>

#include "chain/app/engine_key.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/exec/upgrade.hpp"
#include "chain/state/state_chunks.hpp"

namespace assay {

Bytes stored_engine_key(ByteView key) {
    Bytes out{'e'};
    append(out, key);
    return out;
}

namespace {

constexpr std::size_t kCachedTxs = 200'000;
constexpr std::size_t kTxsWorthAThread = 64;  // to start one takes as long as to seal ten

Bytes text_bytes(std::string_view text) {
    return to_bytes(view_of(text));
}

}  // namespace

ChainApp::ChainApp(AppConfig config, const Registry& registry, Database& database,
                   std::unique_ptr<StateStore> store)
    : config_(std::move(config)),
      registry_(registry),
      database_(database),
      store_(std::move(store)),
      index_(database),
      executor_(registry),
      checker_{.registry = registry, .chain_id = config_.chain_id},
      cache_(kCachedTxs),
      claimed_senders_(checker_, cache_) {
    const State state(*store_);
    checker_.block_gas_limit = state.get_or_default(kFeeParams, {}).block_gas_limit;
}

Result<std::unique_ptr<ChainApp>> ChainApp::open(AppConfig config, const Registry& registry,
                                                 Database& database) {
    if (holds_partial_state(database))
        if (auto removed = discard_partial_state(database); !removed) return removed.error();
    auto store = StateStore::open(database);
    if (!store) return store.error();
    std::unique_ptr<ChainApp> app(
        new ChainApp(std::move(config), registry, database, std::move(*store)));
    const auto indexed = app->index_.latest_height();
    if (!indexed) return app;
    app->let_genesis_go();
    if (*indexed != app->store_->height())
        return failure("the data directory is damaged: state is at height " +
                       std::to_string(app->store_->height()) + ", blocks at " +
                       std::to_string(*indexed));
    const State state(*app->store_);
    const auto stored_id = state.get(kChainId, {});
    if (!stored_id || *stored_id != app->config_.chain_id)
        return failure("the data directory belongs to chain id " +
                       std::to_string(stored_id.value_or(0)) + ", not " +
                       std::to_string(app->config_.chain_id));
    return app;
}

AppInfo ChainApp::info() const {
    const auto height = index_.latest_height();
    if (!height) return {};
    return {.last_height = *height, .last_app_hash = store_->root(), .initialised = true};
}

Result<Hash256> ChainApp::init_chain() {
    CHECK(!index_.latest_height().has_value());
    State state(*store_);
    std::exchange(config_.build_genesis, {})(state);
    state.put(kChainId, {}, config_.chain_id);
    const FeeParams fees = state.must_get(kFeeParams, {});
    state.put(kBaseFee, {}, fees.initial_base_fee);
    checker_.block_gas_limit = fees.block_gas_limit;
    state.take_logs();
    BlockEnv env;
    env.time_s = static_cast<std::uint64_t>(config_.genesis_time.seconds);
    env.base_fee = fees.initial_base_fee;
    pending_.emplace();
    finish(state, env, {});
    const Hash256 root = pending_->block.header.state_root;
    if (auto done = commit({}); !done) return done.error();
    return root;
}

boost::system::result<CheckedTxPtr, TxRejection> ChainApp::checked(const Bytes& raw) const {
    if (auto known = cache_.find(sha256(raw))) return known;
    return checker_.check(raw);
}

CheckedTxPtr ChainApp::admitted_before(ByteView raw) const {
    return cache_.find(sha256(raw));
}

boost::system::result<CheckedTxPtr, TxRejection> ChainApp::check_tx(Bytes raw) {
    auto admitted = admit(std::move(raw));
    if (!admitted) return admitted.error();
    return std::move(admitted->tx);
}

boost::system::result<ChainApp::Admitted, TxRejection> ChainApp::admit(Bytes raw) {
    auto tx = checker_.check(std::move(raw));
    if (!tx) return tx.error();
    const auto reader = store_->latest();
    const State state(*reader);
    const Account account = state.get_or_default(kAccounts, (*tx)->sender);
    const std::uint64_t nonce = (*tx)->envelope.nonce;
    const Amount floor = state.must_get(kFeeParams, {}).min_base_fee;
    if ((*tx)->envelope.max_fee_per_gas < floor)  // no block will ever be as cheap
        return TxRejection{TxCode::ok, "max fee per gas less than block base fee: at least " +
                                           to_string(floor) + ", have " +
                                           to_string((*tx)->envelope.max_fee_per_gas)};
    if (nonce < account.nonce)
        return TxRejection{TxCode::nonce_mismatch, "nonce too low: next nonce " +
                                                       std::to_string(account.nonce) +
                                                       ", tx nonce " + std::to_string(nonce)};
    if ((*tx)->max_cost() > account.balance)
        return TxRejection{TxCode::insufficient_funds_for_fee,
                           "insufficient funds for gas * price + value: address " +
                               to_hex0x((*tx)->sender) + " have " + to_string(account.balance) +
                               " want " + to_string((*tx)->max_cost())};
    cache_.insert(*tx);
    return Admitted{.tx = std::move(*tx), .account_nonce = account.nonce};
}

std::vector<CheckedTxPtr> ChainApp::prepare_proposal(const PrepareRequest& request) {
    const State state(*store_);
    const FeeParams fees = state.must_get(kFeeParams, {});
    SenderBudget budget(state, executor_.base_fee(state));
    std::vector<CheckedTxPtr> out;
    std::uint64_t gas = 0;
    std::uint64_t bytes = 0;
    for (const auto& tx : request.candidates) {
        if (gas + tx->gas > fees.block_gas_limit) continue;
        if (bytes + tx->raw.size() > request.max_bytes) continue;
        if (budget.take(*tx) != TxCode::ok) continue;
        gas += tx->gas;
        bytes += tx->raw.size();
        out.push_back(tx);
    }
    return out;
}

bool ChainApp::process_proposal(const FinalizeRequest& request) {
    const State state(*store_);
    if (!state.contains(kFeeRecipients, request.proposer_address)) return false;
    const bool has_entry = !proof_in(request.txs).empty();
    if (has_entry && !entry_holds(state, request)) return false;
    const FeeParams fees = state.must_get(kFeeParams, {});
    SenderBudget budget(state, executor_.base_fee(state));
    std::uint64_t gas = 0;
    for (const auto& raw : std::span(request.txs).subspan(has_entry ? 1 : 0)) {
        const auto tx = checked(raw);
        if (!tx || budget.take(**tx) != TxCode::ok) return false;
        gas += (*tx)->gas;
        if (gas > fees.block_gas_limit) return false;
    }
    return true;
}

std::optional<ProofRequest> ChainApp::proof_request(const FixedBytes<20>& proposer) const {
    const State state(*store_);
    return executor_.proof_request(
        state,
        {.height = store_->height() + 1, .chain_id = config_.chain_id, .validator = proposer});
}

bool ChainApp::entry_holds(const State& state, const FinalizeRequest& request) const {
    const auto asked = executor_.proof_request(state, env_of(state, request));
    return asked && ecvrf::verify(asked->public_key, asked->alpha, proof_in(request.txs));
}

BlockEnv ChainApp::env_of(const State& state, const FinalizeRequest& request) const {
    // A proposer without a recipient cannot pass process_proposal; its tips would go to nobody.
    return {.height = request.height,
            .time_s = static_cast<std::uint64_t>(request.time.seconds),
            .chain_id = config_.chain_id,
            .proposer = state.get_or_default(kFeeRecipients, request.proposer_address),
            .hash = request.hash,
            .base_fee = executor_.base_fee(state),
            .validator = request.proposer_address,
            .vrf_proof = proof_in(request.txs),
            .last_commit = request.attested.last_commit,
            .misbehaviour = request.attested.misbehaviour};
}

void ChainApp::execute_txs(State& state, const BlockEnv& env, const FinalizeRequest& request,
                           FinalizeResponse& response) {
    std::uint64_t cumulative = 0;
    if (!env.vrf_proof.empty()) {  // no transaction, but the results hash counts it
        pending_->block.entry = request.txs[0];
        response.results.emplace_back();
    }
    for (const auto& raw : std::span(request.txs).subspan(response.results.size())) {
        const auto tx = checked(raw);
        if (!tx) {  // only a block that no honest validator accepted can hold one
            response.results.push_back(
                {.code = TxCode::malformed_calldata, .data = text_bytes(tx.error().message)});
            continue;
        }
        Receipt receipt = executor_.run(state, env, **tx);
        cumulative += receipt.gas_used;
        receipt.cumulative_gas = cumulative;
        response.results.push_back({.code = receipt.code,
                                    .data = {},
                                    .gas_wanted = (*tx)->envelope.gas_limit,
                                    .gas_used = receipt.gas_used});
        pending_->block.txs.push_back({(*tx)->raw, (*tx)->hash, (*tx)->sender});
        pending_->block.types.push_back((*tx)->envelope.type);
        pending_->block.sha256s.push_back((*tx)->sha256);
        pending_->block.receipts.push_back(std::move(receipt));
        pending_->txs.push_back(*tx);
    }
}

Result<void> ChainApp::may_execute(std::uint64_t height) const {
    const State state(*store_);
    const auto plan = state.get(kUpgradePlan, {});
    if (!plan || height < plan->height) return {};
    const auto& known = config_.known_upgrades;
    if (std::find(known.begin(), known.end(), plan->name) != known.end()) return {};
    return failure("block " + std::to_string(plan->height) + " begins the upgrade \"" + plan->name +
                   "\" (info hash " + to_hex0x(plan->info_hash) +
                   "), which this program does not know: start a release that knows it");
}

FinalizeResponse ChainApp::finalize_block(const FinalizeRequest& request) {
    CHECK(request.height == store_->height() + 1);
    pending_.emplace();
    FinalizeResponse response;
    State state(*store_);
    const BlockEnv env = env_of(state, request);
    pending_->block.proposer = request.proposer_address;
    pending_->block.attested = request.attested;
    executor_.begin_block(state, env);
    std::vector<Log> boundary_logs = state.take_logs();
    execute_txs(state, env, request, response);
    const std::uint64_t gas_used =
        pending_->block.receipts.empty() ? 0 : pending_->block.receipts.back().cumulative_gas;
    executor_.end_block(state, env, gas_used);
    for (auto& log : state.take_logs()) boundary_logs.push_back(std::move(log));
    if (auto updates = state.get(kValidatorUpdates, {})) {
        response.validator_updates = std::move(*updates);
        state.erase(kValidatorUpdates, {});
    }
    finish(state, env, std::move(boundary_logs));
    response.app_hash = pending_->block.header.state_root;
    return response;
}

void ChainApp::finish(State& state, const BlockEnv& env, std::vector<Log> boundary_logs) {
    ExecutedBlock& block = pending_->block;
    if (!boundary_logs.empty()) {
        Receipt receipt{.logs = std::move(boundary_logs)};
        if (!block.receipts.empty()) receipt.cumulative_gas = block.receipts.back().cumulative_gas;
        block.txs.push_back(boundary_tx(env.height));
        block.types.push_back(0);
        block.receipts.push_back(std::move(receipt));
    }
    const FeeParams fees = state.must_get(kFeeParams, {});
    block.header.miner = env.proposer;
    block.header.number = env.height;
    block.header.gas_limit = fees.block_gas_limit;
    block.header.timestamp_s = env.time_s;
    block.header.extra_data = text_bytes("assay");
    block.header.mix_hash = env.hash;
    block.header.base_fee = env.base_fee;
    if (env.height > 0) {
        const auto parent = index_.block(env.height - 1);
        CHECK(parent.has_value());
        block.header.parent_hash = parent->hash;
    }
    // What clients see of the block and what the state becomes meet twice only: the sealed block is
    // a record of the state, and its hash covers the state's root.
    const auto apart =
        block.txs.size() < kTxsWorthAThread ? std::launch::deferred : std::launch::async;
    auto sealing = std::async(apart, [&block] { return seal(block); });
    StagedChanges staged = StateStore::stage(state.take_changes(), pending_->batch);
    BlockInfo info = sealing.get();
    Batch contents;
    const auto staging = std::async(apart, [&] { ChainIndex::stage_contents(block, contents); });
    info.hash = {};
    staged.add(
        StateStore::stage({{kSealedBlock.key_of({}), record::encode(info)}}, pending_->batch));
    pending_->state = store_->prepare(env.height, std::move(staged), pending_->batch);
    pending_->info = with_state_root(std::move(info), pending_->state->root());
    index_.stage_info(pending_->info, pending_->batch);
    staging.wait();
    block.header.state_root = pending_->state->root();
    pending_->batch.append(contents);
}

std::vector<CheckedTxPtr> ChainApp::pending_txs() const {
    CHECK(pending_.has_value());
    return pending_->txs;
}

Amount ChainApp::next_base_fee() const {
    const State state(*store_);
    return executor_.base_fee(state);
}

Result<void> ChainApp::commit(std::span<const EngineRecord> records) {
    CHECK(pending_.has_value());
    for (const auto& record : records)
        pending_->batch.put(stored_engine_key(record.key), record.value);
    if (auto written = database_.write(pending_->batch, true); !written) return written.error();
    store_->commit(std::move(pending_->state));
    index_.publish(pending_->info.header.number);
    cache_.erase(pending_->txs);
    pending_.reset();
    return {};
}

std::optional<Bytes> ChainApp::engine_record(ByteView key) const {
    return database_.get(stored_engine_key(key));
}

}  // namespace assay
