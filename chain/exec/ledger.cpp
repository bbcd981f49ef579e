// Balances, supply counters and Transfer logs.
#include "chain/exec/ledger.hpp"

#include "chain/exec/event.hpp"

namespace assay::ledger {

namespace {

Account account(const State& state, const Address& who) {
    return state.get_or_default(kAccounts, who);
}

void announce(State& state, const Address& from, const Address& to, Amount amount) {
    emit(state, ModuleId::bank, Transfer{.from = from, .to = to, .value = amount});
}

void credit(State& state, const Address& to, Amount amount) {
    Account receiver = account(state, to);
    receiver.balance = sum_of(receiver.balance, amount);
    state.put(kAccounts, to, receiver);
}

}  // namespace

Amount balance(const State& state, const Address& who) {
    return account(state, who).balance;
}

std::uint64_t nonce(const State& state, const Address& who) {
    return account(state, who).nonce;
}

void set_nonce(State& state, const Address& who, std::uint64_t nonce) {
    Account changed = account(state, who);
    changed.nonce = nonce;
    state.put(kAccounts, who, changed);
}

Supply supply(const State& state) {
    return state.get_or_default(kSupply, {});
}

Amount total_burned(const Supply& supply) {
    return sum_of(sum_of(supply.burned_fees, supply.burned_orders),
                  sum_of(supply.burned_slashes, supply.burned_other));
}

TxCode transfer(State& state, const Address& from, const Address& to, Amount amount) {
    if (amount.is_zero()) return TxCode::ok;
    Account sender = account(state, from);
    const auto sender_after = checked_sub(sender.balance, amount);
    if (!sender_after) return TxCode::insufficient_balance;
    announce(state, from, to, amount);
    if (from == to) return TxCode::ok;  // else the second write would mint
    sender.balance = *sender_after;
    state.put(kAccounts, from, sender);
    credit(state, to, amount);
    return TxCode::ok;
}

void move(State& state, const Address& from, const Address& to, Amount amount) {
    CHECK(transfer(state, from, to, amount) == TxCode::ok);
}

void mint(State& state, const Address& to, Amount amount) {
    if (amount.is_zero()) return;
    Supply changed = supply(state);
    changed.minted = sum_of(changed.minted, amount);
    state.put(kSupply, {}, changed);
    credit(state, to, amount);
    announce(state, Address{}, to, amount);
}

void burn(State& state, const Address& from, Amount amount, BurnReason reason) {
    if (amount.is_zero()) return;
    Account holder = account(state, from);
    holder.balance = difference_of(holder.balance, amount);
    state.put(kAccounts, from, holder);
    Supply changed = supply(state);
    Amount* counter = &changed.burned_other;
    if (reason == BurnReason::base_fee) counter = &changed.burned_fees;
    if (reason == BurnReason::order_fee) counter = &changed.burned_orders;
    if (reason == BurnReason::slash) counter = &changed.burned_slashes;
    *counter = sum_of(*counter, amount);
    state.put(kSupply, {}, changed);
    announce(state, from, Address{}, amount);
}

void grant_at_genesis(State& state, const Address& to, Amount amount) {
    Supply changed = supply(state);
    changed.genesis = sum_of(changed.genesis, amount);
    state.put(kSupply, {}, changed);
    credit(state, to, amount);
}

}  // namespace assay::ledger
