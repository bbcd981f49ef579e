// Owns the movement of native tokens: accounts, the supply counters and the Transfer logs.
#pragma once

#include "chain/state/state.hpp"
#include "chain/types/amount.hpp"
#include "chain/types/tx_code.hpp"

namespace assay {

struct Account {
    Amount balance;
    std::uint64_t nonce = 0;
};
BOOST_DESCRIBE_STRUCT(Account, (), (balance, nonce))

// Supply identity: genesis + minted - burned = the sum of all balances. `minted` is monotone.
struct Supply {
    Amount genesis;
    Amount minted;
    Amount burned_fees;     // EIP-1559 base fees
    Amount burned_orders;   // the burned share of order fees, and order remainders
    Amount burned_slashes;  // the burned share of bonds and penalties
    Amount burned_other;    // clawbacks and rounding remainders
};
BOOST_DESCRIBE_STRUCT(Supply, (),
                      (genesis, minted, burned_fees, burned_orders, burned_slashes, burned_other))

enum class BurnReason : std::uint8_t { base_fee, order_fee, slash, other };

inline constexpr Table<Address, Account> kAccounts{ModuleId::chain, 1};
inline constexpr Table<Only, Supply> kSupply{ModuleId::chain, 2};

namespace ledger {

// ERC-20's event, emitted from the bank's address for every balance change.
struct Transfer {
    static constexpr int kIndexed = 2;
    Address from;
    Address to;
    Amount value;
};
BOOST_DESCRIBE_STRUCT(Transfer, (), (from, to, value))

Amount balance(const State& state, const Address& who);
std::uint64_t nonce(const State& state, const Address& who);
void set_nonce(State& state, const Address& who, std::uint64_t nonce);
Supply supply(const State& state);
Amount total_burned(const Supply& supply);

// Moves tokens and emits Transfer(from, to, amount) from the bank's address. A zero amount does
// nothing. Returns insufficient_balance and changes nothing when `from` holds less.
[[nodiscard]] TxCode transfer(State& state, const Address& from, const Address& to, Amount amount);
// As transfer, where the caller's own records guarantee the balance: falling short is a bug.
void move(State& state, const Address& from, const Address& to, Amount amount);
// Creates tokens (Transfer from the zero address). The caller has checked the cap.
void mint(State& state, const Address& to, Amount amount);
// Destroys tokens that `from` holds (Transfer to the zero address), counted under `reason`.
void burn(State& state, const Address& from, Amount amount, BurnReason reason);
// Credits a genesis balance; counted as genesis supply, no log.
void grant_at_genesis(State& state, const Address& to, Amount amount);

}  // namespace ledger
}  // namespace assay
