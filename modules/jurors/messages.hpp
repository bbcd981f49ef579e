// Owns what a juror does with stake: StakeJuror and UnstakeJuror.
#pragma once

#include "chain/exec/message.hpp"

namespace assay::jurors {

// Adds value to the sender's stake; it weighs in draws from the next epoch on.
struct StakeJuror {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 45'000;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(StakeJuror, (), ())

// Begins to withdraw `amount`, paid out after the unbonding time; it stays slashable until then and
// weighs in no draw from the next epoch on.
struct UnstakeJuror {
    static constexpr std::uint64_t kGas = 75'000;
    Amount amount;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(UnstakeJuror, (), (amount))

}  // namespace assay::jurors
