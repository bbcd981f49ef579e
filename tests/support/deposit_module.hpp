// Owns a module made for tests of the executor and the application: one payable message, one
// deadline.
#pragma once

#include "chain/exec/ledger.hpp"
#include "chain/exec/registry.hpp"

namespace assay::test {

inline constexpr std::uint64_t kChain = 31'337;
// From this balance of the sink on, the deadline burns one unit and so logs.
inline constexpr std::uint64_t kLoggingBalance = 2'000;
inline const Address kSink{{0x51}};
inline constexpr Table<Only, std::uint64_t> kDone{ModuleId::market, 1};

// Forwards its value, or refuses after it was moved to the module.
struct Deposit {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 5'000;
    bool refuse = false;
    TxCode check(const TxEnv& env) const {
        return env.value.is_zero() ? TxCode::amount_zero : TxCode::ok;
    }
    TxCode execute(State& state, const TxEnv& env) const {
        if (refuse) return TxCode::wrong_state;
        ledger::move(state, module_address(ModuleId::market), kSink, env.value);
        schedule(state, {.time_s = 50, .kind = DeadlineKind::order_closes, .id = 7});
        return TxCode::ok;
    }
};
BOOST_DESCRIBE_STRUCT(Deposit, (), (refuse))

// Takes no value.
struct Withdraw {
    static constexpr std::uint64_t kGas = 1'000;
    TxCode check(const TxEnv&) const { return TxCode::ok; }
    TxCode execute(State&, const TxEnv&) const { return TxCode::ok; }
};
BOOST_DESCRIBE_STRUCT(Withdraw, (), ())

inline Module deposit_module() {
    Module module{.id = ModuleId::market, .name = "market"};
    module.messages = messages<Deposit, Withdraw>();
    module.deadlines = {
        {DeadlineKind::order_closes, [](State& state, const BlockEnv&, std::uint64_t id) {
             state.put(kDone, {}, id);
             if (ledger::balance(state, kSink) >= Amount(kLoggingBalance))
                 ledger::burn(state, kSink, Amount(1), BurnReason::other);
         }}};
    return module;
}

}  // namespace assay::test
