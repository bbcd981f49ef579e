// Owns a whole chain in memory: every module wired, each block recorded so that it can be executed
// again, and all invariants checked after it.
#pragma once

#include <functional>
#include <map>
#include <span>

#include "chain/crypto/hash.hpp"
#include "chain/exec/executor.hpp"
#include "chain/exec/invariants.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/exec/validation.hpp"
#include "chain/state/memory_reader.hpp"
#include "chain/state/tree_hash.hpp"
#include "chain/types/pools.hpp"
#include "modules/wiring/modules.hpp"
#include "modules/wiring/params.hpp"

namespace assay::test {

// A transaction before it is checked; the nonce is the sender's next one.
struct WiredTx {
    Address sender;
    Address to;
    Amount value;
    Bytes data;
    Amount tip = {};  // per gas, beside the base fee
};

// What consensus says with a block.
struct WiredConsensus {
    FixedBytes<20> validator;  // that proposed it
    Attested attested;
    Bytes vrf_proof;
};

struct WiredBlock {
    BlockEnv env;
    WiredConsensus consensus;
    std::vector<WiredTx> txs;
    Hash256 changes;  // of everything that it left different
};

struct WiredGenesis {
    ModuleParams params = devnet_params();
    std::vector<Address> people;
    Amount each = Amount::from_raw(static_cast<u128>(kTokenUnits) * 1'000'000);
    std::uint64_t time_s = 1'700'000'000;
    std::function<void(State&)> more = {};  // after the modules' records
};

inline constexpr std::uint64_t kWiredChainId = 31'337;
inline const Address kWiredProposer{{0x99, 0x99}};

class WiredChain {
  public:
    explicit WiredChain(WiredGenesis genesis)
        : genesis_(std::move(genesis)),
          registry_(all_modules()),
          executor_(registry_),
          checker_{.registry = registry_,
                   .chain_id = kWiredChainId,
                   .block_gas_limit = FeeParams{}.block_gas_limit},
          state_(committed_) {
        for (const Address& who : genesis_.people)
            ledger::grant_at_genesis(state_, who, genesis_.each);
        state_.put(kFeeParams, {}, FeeParams{});
        state_.put(kBaseFee, {}, FeeParams{}.initial_base_fee);
        init_modules(state_, genesis_.params, genesis_.time_s);
        if (genesis_.more) genesis_.more(state_);
        commit();
        begin_block(1);
    }
    WiredChain(const WiredChain&) = delete;
    WiredChain& operator=(const WiredChain&) = delete;

    const State& state() const { return state_; }
    const BlockEnv& block() const { return block_; }
    const Registry& registry() const { return registry_; }
    Amount balance(const Address& who) const { return ledger::balance(state_, who); }
    // Of the present block.
    const std::vector<Receipt>& receipts() const { return receipts_; }
    // What the sender's transactions cost beside their value.
    Amount fees_of(const Address& sender) const {
        const auto found = fees_.find(sender);
        return found == fees_.end() ? Amount{} : found->second;
    }

    template <Message M>
    TxCode send(const Address& sender, ModuleId module, const M& message, Amount value = {}) {
        return send({.sender = sender,
                     .to = module_address(module),
                     .value = value,
                     .data = abi::encode_call(message)});
    }
    // What a check without state or the execution answers; the transaction enters the block only
    // where the check passes, as a node would have it.
    TxCode send(const WiredTx& tx) {
        CheckedTx checked = envelope_of(tx);
        const TxRejection rejection = checker_.route(checked);
        if (!rejection.message.empty()) return rejection.code;
        txs_.push_back(tx);
        const TxCode code = execute(checked);
        CHECK(!is_malformed(code));  // 1xx is what check() alone may answer
        return code;
    }
    // Whether the message would do it, and nothing is changed.
    template <View V>
    Result<typename V::Returns> ask(const V& view) const {
        return view.view(state_, block_);
    }

    // Answers what a proposer is asked to prove; empty: no proof.
    using Prover = std::function<Bytes(const ProofRequest&)>;

    // Sweeps, checks every invariant, commits, and begins the next block `later_s` later. `prover`
    // makes the block's proof where its validator has a key.
    std::vector<InvariantFailure> end_block(std::uint64_t later_s, WiredConsensus next = {},
                                            const Prover& prover = {}) {
        finish_block();
        auto failures = check_invariants(registry_, state_);
        const Hash256 changes = commit();
        blocks_.push_back({block_, std::move(consensus_), std::exchange(txs_, {}), changes});
        begin_block(later_s, std::move(next), prover);
        return failures;
    }
    // The root that a node's state tree has.
    Hash256 app_hash() const {
        std::map<TreePath, Hash256> hashes;
        for (const auto& [key, value] : committed_.pairs())
            hashes[path_of(key)] = leaf_hash(path_of(key), value);
        std::vector<Leaf> leaves;
        for (const auto& [path, hash] : hashes) leaves.push_back({path, hash});
        return subtree_of(leaves, 0).hash;
    }
    // Executes all ended blocks on a new chain. Returns the first height that leaves other records;
    // equal changes from equal beginnings make equal app hashes, and the last is compared too.
    std::optional<std::uint64_t> first_difference_on_replay() const {
        WiredChain again(genesis_);
        for (const WiredBlock& block : blocks_) {
            if (block.env.height > 1)
                again.begin_block(block.env.time_s - again.block_.time_s, block.consensus);
            CHECK(again.block_.hash == block.env.hash && again.block_.time_s == block.env.time_s);
            for (const WiredTx& tx : block.txs) (void)again.send(tx);
            again.finish_block();
            again.txs_.clear();
            if (again.commit() != block.changes) return block.env.height;
        }
        if (again.app_hash() != app_hash()) return block_.height;
        return std::nullopt;
    }

  private:
    CheckedTx envelope_of(const WiredTx& from) const {
        CheckedTx tx;
        tx.sender = from.sender;
        tx.envelope.chain_id = kWiredChainId;
        tx.envelope.nonce = ledger::nonce(state_, from.sender);
        tx.envelope.to = from.to;
        tx.envelope.value = from.value;
        tx.envelope.data = from.data;
        tx.envelope.max_fee_per_gas = sum_of(block_.base_fee, from.tip);
        tx.envelope.max_priority_fee_per_gas = from.tip;
        tx.hash = sha256(from.data);
        return tx;
    }
    TxCode execute(CheckedTx& tx) {
        tx.envelope.gas_limit = tx.gas;
        Receipt receipt = executor_.run(state_, block_, tx);
        gas_used_ += receipt.gas_used;
        const TxCode code = receipt.code;
        const auto fee = checked_mul(receipt.effective_gas_price, Amount(receipt.gas_used));
        fees_[tx.sender] = sum_of(fees_[tx.sender], fee.value());
        receipts_.push_back(std::move(receipt));
        return code;
    }
    Hash256 commit() {
        const auto changes = state_.take_changes();
        Sha256 digest;
        for (const Change& change : changes) {
            digest.update(record::encode(change.key));
            digest.update(record::encode(change.value));
        }
        committed_.apply(changes);
        return digest.finish();
    }
    // As the application does: what consensus shall be told is taken away with the block.
    void finish_block() {
        executor_.end_block(state_, block_, gas_used_);
        state_.erase(kValidatorUpdates, {});
        block_.last_commit = {};
        block_.misbehaviour = {};
        block_.vrf_proof = {};
    }
    void begin_block(std::uint64_t later_s, WiredConsensus consensus = {},
                     const Prover& prover = {}) {
        consensus_ = std::move(consensus);
        receipts_.clear();
        gas_used_ = 0;
        block_.height = block_.height + 1;
        block_.time_s = (block_.height == 1 ? genesis_.time_s : block_.time_s) + later_s;
        block_.chain_id = kWiredChainId;
        block_.proposer = kWiredProposer;
        block_.hash = sha256(record::encode(block_.height));
        block_.base_fee = executor_.base_fee(state_);
        block_.validator = consensus_.validator;
        block_.last_commit = consensus_.attested.last_commit;
        block_.misbehaviour = consensus_.attested.misbehaviour;
        if (const auto asked = executor_.proof_request(state_, block_); asked && prover)
            consensus_.vrf_proof = prover(*asked);
        block_.vrf_proof = consensus_.vrf_proof;
        executor_.begin_block(state_, block_);
    }

    WiredGenesis genesis_;
    Registry registry_;
    Executor executor_;
    TxChecker checker_;
    MemoryReader committed_;
    State state_;
    BlockEnv block_;
    std::uint64_t gas_used_ = 0;
    WiredConsensus consensus_;
    std::vector<WiredTx> txs_;
    std::vector<Receipt> receipts_;
    std::vector<WiredBlock> blocks_;
    std::map<Address, Amount> fees_;
};

}  // namespace assay::test
