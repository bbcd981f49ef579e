// Owns the one Application: state store, index and executor behind the engine's calls.
#pragma once

#include <functional>
#include <memory>

#include "chain/app/application.hpp"
#include "chain/app/claimed_senders.hpp"
#include "chain/app/tx_cache.hpp"
#include "chain/exec/executor.hpp"
#include "chain/index/chain_index.hpp"
#include "chain/state/state_store.hpp"

namespace assay {

// EIP-155 chain id, fixed at genesis.
inline constexpr Table<Only, std::uint64_t> kChainId{ModuleId::chain, 6};
// The newest block as clients see it, its state root and hash left zero, since they follow from the
// state that holds this record (ADR 9).
inline constexpr Table<Only, BlockInfo> kSealedBlock{ModuleId::chain, 7};

struct AppConfig {
    std::uint64_t chain_id = 0;
    BlockTime genesis_time;
    // Writes the whole genesis state: balances, parameters, fee rules, fee recipients. Called once
    // in a chain's life, and let go, with the accounts it holds, as soon as it is not needed.
    std::function<void(State&)> build_genesis;
    // The upgrades whose rules this program has, by name.
    std::vector<std::string> known_upgrades = {};
};

class ChainApp final : public Application {
  public:
    // The registry and the database must outlive the application. Fails where the stored state and
    // index disagree or the store belongs to another chain id. What a restore that was cut short
    // left is removed first: the application is empty then.
    static Result<std::unique_ptr<ChainApp>> open(AppConfig config, const Registry& registry,
                                                  Database& database);

    AppInfo info() const override;
    Result<Hash256> init_chain() override;
    boost::system::result<CheckedTxPtr, TxRejection> check_tx(Bytes raw) override;
    // As check_tx, with the sender's nonce in the newest state: one read of the account serves the
    // check and the mempool. Thread-safe.
    struct Admitted {
        CheckedTxPtr tx;
        std::uint64_t account_nonce = 0;
    };
    boost::system::result<Admitted, TxRejection> admit(Bytes raw);
    // Checks transactions of blocks that will be executed soon, so that this need not wait for
    // their signatures: together where the senders that are claimed sign as claimed. Returns which
    // of the blocks had a false claim. Thread-safe.
    std::vector<std::size_t> check_ahead(std::span<const ClaimedTxs> blocks) {
        return claimed_senders_.check(blocks);
    }
    // nullptr where no such transaction was admitted or checked lately. Recovers nothing.
    // Thread-safe.
    CheckedTxPtr admitted_before(ByteView raw) const;
    std::vector<CheckedTxPtr> prepare_proposal(const PrepareRequest& request) override;
    bool process_proposal(const FinalizeRequest& request) override;
    Result<void> may_execute(std::uint64_t height) const override;
    FinalizeResponse finalize_block(const FinalizeRequest& request) override;
    std::vector<CheckedTxPtr> pending_txs() const override;
    std::optional<ProofRequest> proof_request(const FixedBytes<20>& proposer) const override;
    Amount next_base_fee() const override;
    std::uint64_t block_gas_limit() const override { return checker_.block_gas_limit; }
    Result<void> commit(std::span<const EngineRecord> records) override;
    std::optional<Bytes> engine_record(ByteView key) const override;
    Bytes senders(std::uint64_t height) const override { return index_.senders(height); }

    // Takes in the state of a snapshot instead of genesis; ChainSnapshots calls these in order.
    // Refused where the chain has begun here.
    Result<void> begin_restore();
    Result<void> restore_chunk(ByteView state_chunk);
    // One synced write takes the state over, if its root is `app_hash`, with the block that it
    // belongs to and the engine's records. A failure removes what was restored.
    Result<void> finish_restore(std::uint64_t height, const Hash256& app_hash,
                                std::span<const EngineRecord> records);
    Result<void> abandon_restore();

    // For readers on other threads.
    const StateStore& store() const { return *store_; }
    const ChainIndex& index() const { return index_; }
    const Registry& registry() const { return registry_; }
    const TxChecker& checker() const { return checker_; }
    const Executor& executor() const { return executor_; }
    const ClaimedSenders& claimed_senders() const { return claimed_senders_; }
    std::uint64_t chain_id() const { return config_.chain_id; }

  private:
    struct Pending {
        ExecutedBlock block;
        BlockInfo info;
        std::vector<CheckedTxPtr> txs;
        std::unique_ptr<PreparedState> state;
        Batch batch;
    };

    ChainApp(AppConfig config, const Registry& registry, Database& database,
             std::unique_ptr<StateStore> store);

    boost::system::result<CheckedTxPtr, TxRejection> checked(const Bytes& raw) const;
    bool entry_holds(const State& state, const FinalizeRequest& request) const;
    BlockEnv env_of(const State& state, const FinalizeRequest& request) const;
    void execute_txs(State& state, const BlockEnv& env, const FinalizeRequest& request,
                     FinalizeResponse& response);
    void finish(State& state, const BlockEnv& env, std::vector<Log> boundary_logs);
    void let_genesis_go() { config_.build_genesis = {}; }
    Result<BlockInfo> restored_block(const State& state, std::uint64_t height,
                                     const Hash256& app_hash) const;

    AppConfig config_;
    const Registry& registry_;
    Database& database_;
    std::unique_ptr<StateStore> store_;
    ChainIndex index_;
    Executor executor_;
    TxChecker checker_;
    TxCache cache_;
    ClaimedSenders claimed_senders_;
    std::optional<Pending> pending_;
};

}  // namespace assay
