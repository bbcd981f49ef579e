// Owns what a buyer may do to an open order: FundOrder and CancelOrder.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

// Asks for more items at the same price. value = QuoteFundOrder(order, items).
struct FundOrder {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 20'000;
    std::uint64_t order = 0;
    std::uint64_t items = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(FundOrder, (), (order, items))

// Takes back an order that nobody is working on, less the cancel fee.
struct CancelOrder {
    static constexpr std::uint64_t kGas = 25'000;
    std::uint64_t order = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(CancelOrder, (), (order))

}  // namespace assay::market
