// Owns the part of ERC-20 that the chain refuses: spending by somebody else's permission.
#pragma once

#include "chain/exec/message.hpp"

namespace assay::bank {

// Declared so that wallets get a named refusal instead of an unknown selector. An allowance would
// let a message move more of a person's money than the person was shown (ADR 5).
struct Approve {
    static constexpr std::uint64_t kGas = 1'000;
    Address spender;
    Amount amount;
    TxCode check(const TxEnv&) const { return TxCode::allowance_not_supported; }
    TxCode execute(State&, const TxEnv&) const { return TxCode::allowance_not_supported; }
};
BOOST_DESCRIBE_STRUCT(Approve, (), (spender, amount))

struct TransferFrom {
    static constexpr std::uint64_t kGas = 1'000;
    Address from;
    Address to;
    Amount amount;
    TxCode check(const TxEnv&) const { return TxCode::allowance_not_supported; }
    TxCode execute(State&, const TxEnv&) const { return TxCode::allowance_not_supported; }
};
BOOST_DESCRIBE_STRUCT(TransferFrom, (), (from, to, amount))

}  // namespace assay::bank
