// Owns Relay: somebody sends a message that another person signed, and the order's sponsor pays.
#pragma once

#include "chain/exec/message.hpp"
#include "chain/state/table.hpp"

namespace assay::relay {

// The next intent of a signer carries this number; absent is 0.
inline constexpr Table<Address, std::uint64_t> kNonces{ModuleId::relay, 1};

// Executes `call`, a message to the market, as `signer`, who signed it as EIP-712 typed data with
// this nonce and deadline (modules/wiring/sponsored.hpp has the types). The sender is paid the
// transaction's gas at the block's base fee from the budget of the order that the message is about,
// a part of it and a premium only once the work is accepted; it pays its own tip.
struct Relay {
    static constexpr std::uint64_t kGas = 55'000;  // beside what the call itself needs
    Address signer;
    Bytes call;  // selector and arguments
    std::uint64_t nonce = 0;
    std::uint64_t deadline_s = 0;  // header time; the intent holds before this second
    Bytes signature;               // r, s and v (27 or 28), 65 bytes

    std::uint64_t gas() const;
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Relay, (), (signer, call, nonce, deadline_s, signature))

struct Relayed {
    static constexpr int kIndexed = 3;
    Address signer;
    std::uint64_t order = 0;
    Address relayer;
    std::uint64_t nonce = 0;
    Amount fee;  // paid at once
};
BOOST_DESCRIBE_STRUCT(Relayed, (), (signer, order, relayer, nonce, fee))

// The nonce that the signer's next intent needs.
struct NextIntentNonce {
    using Returns = std::uint64_t;
    Address signer;
    Result<std::uint64_t> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(NextIntentNonce, (), (signer))

}  // namespace assay::relay
