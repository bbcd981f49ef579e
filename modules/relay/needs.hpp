// Owns what relaying needs from other modules; modules/wiring defines these functions.
#pragma once

#include <optional>

#include "chain/codec/eip712.hpp"
#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "chain/types/tx_code.hpp"

namespace assay::relay::needs {

// A message that may be relayed, by its calldata; false for any other.
bool is_sponsored(ByteView call);
// Of such a message: the gas that it needs beside calldata, its check() and its execute() as
// `env.sender`, and the EIP-712 hash of what its author signs.
std::uint64_t gas_of(ByteView call);
TxCode check(ByteView call, const TxEnv& env);
TxCode execute(State& state, ByteView call, const TxEnv& env);
Hash256 struct_hash(ByteView call, std::uint64_t nonce, std::uint64_t deadline_s);
// The order that it is about; nullopt where it names nothing that exists.
std::optional<std::uint64_t> order_of(const State& state, ByteView call);

// Of the market: what an order's budget pays at most for a contributor's message, and the payment
// after it was executed: returns what is paid at once.
boost::system::result<Amount, TxCode> sponsored_fee(const State& state, std::uint64_t order,
                                                    const Address& contributor, Amount base_fee);
Amount pay_sponsored_fee(State& state, std::uint64_t order, ByteView call,
                         const Address& contributor, const Address& relayer, Amount base_fee);

}  // namespace assay::relay::needs
