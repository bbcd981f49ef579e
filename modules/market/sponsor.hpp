// Owns SponsorOrder: a buyer lets people without money contribute, and pays their fees.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

// Adds to an open order: places that need no bond, and a budget for the fees of its contributors'
// messages, which any relayer may send for them (modules/relay). The caps replace the ones before.
// value = what is added to the budget; what is left of it returns when the order is over.
struct SponsorOrder {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 20'000;
    std::uint64_t order = 0;
    std::uint64_t unbonded_items = 0;  // added to those that the order has
    std::uint64_t unbonded_cap = 0;    // of one contributor
    Amount sponsor_cap;                // of the budget, for one contributor

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(SponsorOrder, (), (order, unbonded_items, unbonded_cap, sponsor_cap))

}  // namespace assay::market
