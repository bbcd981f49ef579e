// Owns Transfer: moves native tokens between two accounts; ERC-20's transfer(address,uint256).
#pragma once

#include "chain/exec/message.hpp"

namespace assay::bank {

struct Transfer {
    static constexpr std::uint64_t kGas = 12'000;
    Address to;
    Amount amount;

    // amount_zero, address_zero, self_transfer, reserved_recipient.
    TxCode check(const TxEnv& env) const;
    // insufficient_balance.
    TxCode execute(State& state, const TxEnv& env) const;
    // The one message that takes more than its value, as wallets show for this call (ADR 4).
    Amount spends() const { return amount; }
};
BOOST_DESCRIBE_STRUCT(Transfer, (), (to, amount))

}  // namespace assay::bank
