// Owns what can be asked of the bank: ERC-20's reads and the supply ledger.
#pragma once

#include "chain/exec/ledger.hpp"
#include "chain/exec/message.hpp"

namespace assay::bank {

struct Name {
    using Returns = std::string;
    Result<std::string> view(const State&, const BlockEnv&) const { return "Assay"; }
};
BOOST_DESCRIBE_STRUCT(Name, (), ())

struct Symbol {
    using Returns = std::string;
    Result<std::string> view(const State&, const BlockEnv&) const { return "ASSAY"; }
};
BOOST_DESCRIBE_STRUCT(Symbol, (), ())

struct Decimals {
    using Returns = std::uint8_t;
    Result<std::uint8_t> view(const State&, const BlockEnv&) const { return std::uint8_t{18}; }
};
BOOST_DESCRIBE_STRUCT(Decimals, (), ())

struct BalanceOf {
    using Returns = Amount;
    Address account;
    Result<Amount> view(const State& state, const BlockEnv&) const {
        return ledger::balance(state, account);
    }
};
BOOST_DESCRIBE_STRUCT(BalanceOf, (), (account))

struct Allowance {
    using Returns = Amount;
    Address owner;
    Address spender;
    Result<Amount> view(const State&, const BlockEnv&) const { return Amount{}; }
};
BOOST_DESCRIBE_STRUCT(Allowance, (), (owner, spender))

// genesis + minted - burned.
struct TotalSupply {
    using Returns = Amount;
    Result<Amount> view(const State& state, const BlockEnv&) const {
        const Supply supply = ledger::supply(state);
        return difference_of(sum_of(supply.genesis, supply.minted), ledger::total_burned(supply));
    }
};
BOOST_DESCRIBE_STRUCT(TotalSupply, (), ())

struct GetSupply {
    using Returns = Supply;
    Result<Supply> view(const State& state, const BlockEnv&) const { return ledger::supply(state); }
};
BOOST_DESCRIBE_STRUCT(GetSupply, (), ())

}  // namespace assay::bank
