// Owns the execution of a block: begin, each transaction, due deadlines, end.
#pragma once

#include <span>

#include "chain/exec/checked_tx.hpp"
#include "chain/exec/gas.hpp"
#include "chain/exec/receipt.hpp"

namespace assay {

// Fee rules in force; set at genesis.
inline constexpr Table<Only, FeeParams> kFeeParams{ModuleId::chain, 3};
// The base fee of the next block.
inline constexpr Table<Only, Amount> kBaseFee{ModuleId::chain, 4};
// Consensus address of a validator -> the account that receives its tips.
inline constexpr Table<FixedBytes<20>, Address> kFeeRecipients{ModuleId::chain, 5};

// What a proposer knows about senders while it picks transactions, so that every transaction of its
// block can pay its fee: exact nonces and lower bounds of balances. Nobody but the sender lowers a
// sender's free balance, which is why the bound holds.
class SenderBudget {
  public:
    SenderBudget(const State& state, Amount base_fee) : state_(state), base_fee_(base_fee) {}
    // ok and the budget is charged; or nonce_mismatch, insufficient_funds_for_fee.
    TxCode take(const CheckedTx& tx);

  private:
    struct Left {
        Amount balance;
        std::uint64_t nonce = 0;
    };
    const State& state_;
    Amount base_fee_;
    boost::unordered_flat_map<Address, Left, FixedBytesHash> left_;
};

// Runs transactions against a State. Stateless itself; one instance serves every thread.
class Executor {
  public:
    explicit Executor(const Registry& registry) : registry_(registry) {}

    // The environment's base fee comes from the state.
    Amount base_fee(const State& state) const { return state.must_get(kBaseFee, {}); }

    // What the proposer of `block` may prove in its first entry; nullopt: nothing.
    std::optional<ProofRequest> proof_request(const State& state, const BlockEnv& block) const;
    // Modules' begin_block rules, in registration order.
    void begin_block(State& state, const BlockEnv& block) const;
    // Charges, dispatches and returns the receipt (cumulative_gas left 0). A refusal leaves only
    // nonce and fee. A transaction that cannot pay (a faulty proposer's) changes nothing and uses
    // no gas.
    Receipt run(State& state, const BlockEnv& block, const CheckedTx& tx) const;
    // Due deadlines under the work cap, modules' end_block rules, and the next base fee.
    void end_block(State& state, const BlockEnv& block, std::uint64_t gas_used) const;

    // Runs a message or a transfer without fee, nonce or signature: eth_call, gas estimates.
    // Writes stay in `state`; the caller discards them.
    TxCode call(State& state, const BlockEnv& block, const CheckedTx& tx) const;

  private:
    TxCode apply(State& state, const BlockEnv& block, const CheckedTx& tx) const;
    void sweep_deadlines(State& state, const BlockEnv& block, std::uint64_t gas_used) const;

    const Registry& registry_;
};

}  // namespace assay
