// Owns what a native message is: a described struct with check(), execute() and a gas price.
#pragma once

#include <concepts>
#include <memory>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "chain/types/tx_code.hpp"

namespace assay {

// check() sees no state and returns 1xx codes or ok. execute() runs after check() passed and the
// value was moved to the module's address; it refuses before its first write. kGas is what one
// execution costs beside calldata; a message whose work grows with its content adds `gas() const`.
template <class M>
concept Message =
    record::Described<M> && requires(const M& message, State& state, const TxEnv& env) {
        { message.check(env) } -> std::same_as<TxCode>;
        { message.execute(state, env) } -> std::same_as<TxCode>;
        { M::kGas } -> std::convertible_to<std::uint64_t>;
    };

// A message that accepts `value` says `static constexpr bool kPayable = true;`.
template <class M>
constexpr bool is_payable() {
    if constexpr (requires { M::kPayable; })
        return M::kPayable;
    else
        return false;
}

template <class M>
std::uint64_t gas_of(const M& message) {
    if constexpr (requires { message.gas(); })
        return message.gas();
    else
        return M::kGas;
}

// What the message itself takes from the sender's balance beside the value: nothing, unless it
// declares `Amount spends() const` (only the ERC-20 transfer does).
template <class M>
Amount spends_of(const M& message) {
    if constexpr (requires { message.spends(); })
        return message.spends();
    else
        return {};
}

// A read-only question: a described struct of arguments with `using Returns = ...` (a described
// struct for several values, or one ABI type) and a const view() that never writes.
template <class V>
concept View =
    record::Described<V> && requires(const V& view, const State& state, const BlockEnv& block) {
        typename V::Returns;
        { view.view(state, block) } -> std::same_as<Result<typename V::Returns>>;
    };

}  // namespace assay
