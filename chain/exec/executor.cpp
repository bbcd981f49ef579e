// Fees, dispatch, refusals that leave only nonce and fee, and the end-of-block sweep.
#include "chain/exec/executor.hpp"

#include "chain/exec/ledger.hpp"

namespace assay {

TxCode SenderBudget::take(const CheckedTx& tx) {
    auto it = left_.find(tx.sender);
    if (it == left_.end()) {
        const Account account = state_.get_or_default(kAccounts, tx.sender);
        it = left_.emplace(tx.sender, Left{account.balance, account.nonce}).first;
    }
    Left& left = it->second;
    if (tx.envelope.nonce != left.nonce) return TxCode::nonce_mismatch;
    if (tx.envelope.max_fee_per_gas < base_fee_) return TxCode::insufficient_funds_for_fee;
    const auto after = checked_sub(left.balance, tx.max_cost());
    if (!after) return TxCode::insufficient_funds_for_fee;
    left.balance = *after;
    ++left.nonce;
    return TxCode::ok;
}

std::optional<ProofRequest> Executor::proof_request(const State& state,
                                                    const BlockEnv& block) const {
    for (const auto& module : registry_.modules())
        if (module.proof_request != nullptr) return module.proof_request(state, block);
    return std::nullopt;
}

void Executor::begin_block(State& state, const BlockEnv& block) const {
    for (const auto& module : registry_.modules())
        if (module.begin_block != nullptr) module.begin_block(state, block);
}

TxCode Executor::apply(State& state, const BlockEnv& block, const CheckedTx& tx) const {
    const Address& to = *tx.envelope.to;
    const Amount value = tx.envelope.value;
    if (tx.message == nullptr) return ledger::transfer(state, tx.sender, to, value);
    const Amount held_before = ledger::balance(state, to);
    if (const TxCode code = ledger::transfer(state, tx.sender, to, value); code != TxCode::ok)
        return code;
    const TxEnv env{
        .block = block, .sender = tx.sender, .value = value, .hash = tx.hash, .gas = tx.gas};
    const TxCode code = tx.message->execute(state, env);
    if (code == TxCode::ok) CHECK(ledger::balance(state, to) == held_before);
    return code;
}

TxCode Executor::call(State& state, const BlockEnv& block, const CheckedTx& tx) const {
    const auto mark = state.checkpoint();
    const TxCode code = apply(state, block, tx);
    if (code != TxCode::ok) state.rollback(mark);
    return code;
}

Receipt Executor::run(State& state, const BlockEnv& block, const CheckedTx& tx) const {
    const Account sender = state.get_or_default(kAccounts, tx.sender);
    if (tx.envelope.nonce != sender.nonce) return {.code = TxCode::nonce_mismatch};
    const auto price = tx.effective_gas_price(block.base_fee);
    const auto limit_cost = checked_mul(tx.envelope.max_fee_per_gas, Amount(tx.envelope.gas_limit));
    const auto upfront = limit_cost ? checked_add(*limit_cost, tx.envelope.value) : std::nullopt;
    if (!price || !upfront || *upfront > sender.balance)
        return {.code = TxCode::insufficient_funds_for_fee};

    Receipt receipt{.gas_used = tx.gas, .effective_gas_price = *price};
    const auto burned = checked_mul(block.base_fee, Amount(tx.gas));
    const auto tip = checked_mul(difference_of(*price, block.base_fee), Amount(tx.gas));
    CHECK(burned && tip);  // both are at most upfront
    ledger::set_nonce(state, tx.sender, sender.nonce + 1);
    ledger::burn(state, tx.sender, *burned, BurnReason::base_fee);
    ledger::move(state, tx.sender, block.proposer, *tip);
    receipt.code = call(state, block, tx);
    receipt.logs = state.take_logs();
    return receipt;
}

// Walks on from what it took, never from the front, where all that it took would be stepped over
// again. A deadline that a handler sets behind the walk is the first of the next block.
void Executor::sweep_deadlines(State& state, const BlockEnv& block, std::uint64_t gas_used) const {
    const auto begin = state.checkpoint();
    const std::uint64_t most = deadline_writes(gas_used);
    for (auto due = state.first(kDeadlines); due && due->first.time_s <= block.time_s;
         due = state.next_after(kDeadlines, due->first)) {
        state.erase(kDeadlines, due->first);
        const DeadlineHandler handler = registry_.deadline_handler(due->first.kind);
        CHECK(handler != nullptr);
        handler(state, block, due->first.id);
        if (state.writes_since(begin) >= most) return;
    }
}

void Executor::end_block(State& state, const BlockEnv& block, std::uint64_t gas_used) const {
    sweep_deadlines(state, block, gas_used);
    for (const auto& module : registry_.modules())
        if (module.end_block != nullptr) module.end_block(state, block);
    const FeeParams fees = state.must_get(kFeeParams, {});
    state.put(kBaseFee, {}, next_base_fee(fees, block.base_fee, gas_used));
}

}  // namespace assay
