// Owns the market's arithmetic and its movements between pools.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

// No order's largest payout is above the supply cap.
inline constexpr Amount kMaxOrderValue =
    Amount::from_raw(static_cast<u128>(1'000'000'000) * kTokenUnits);

// items * price; nullopt above kMaxOrderValue.
std::optional<Amount> value_of(std::uint64_t items, Amount price);
// The same for items inside an order's quota, which was checked when the order was posted.
Amount checked_value(const Order& order, std::uint64_t items);

// What asking for `value` of work locks: the work, the fee on it, the buyer's bond. Rounded up.
struct OrderCost {
    Amount escrow;  // work and fee
    Amount bond;
    Amount total() const { return sum_of(escrow, bond); }
};
OrderCost order_cost(Amount value, const Params& terms);
// The contributor's bond for `value` of work. Rounded up, so never zero.
Amount submission_bond(Amount value, const Params& terms);

// What asking to see items locks: their price, or the least bond an item where that is more.
Amount opening_bond(const Order& order, std::uint64_t items);

// Pays for accepted work out of the escrow: payout less holdback to the contributor, the holdback
// to its pool, the fee to those who share it. All rounded down: what the parts leave of the fee is
// burned with the burned share.
struct Payment {
    Amount paid;
    Amount holdback;
    Amount fee;
    Amount burned;
    Amount insurance;  // of the fee, into the pool
    Amount total() const { return sum_of(sum_of(paid, holdback), fee); }
};
Payment pay_for_work(State& state, const Order& order, const Address& contributor, Amount payout);

// Pays the contributor the submission's share of the buyer's bond, which answers for the order's
// gold: by value, rounded down, as far as the bond is there.
void pay_buyer_bond(State& state, const Submission& submission);

// Splits a contributor's bond, if there is one, between challenger, buyer and fire, and announces
// it. Without a
// challenger (the zero address) that share burns too.
void slash_bond(State& state, const Order& order, const Submission& submission,
                const Address& challenger);

}  // namespace assay::market
