// Owns the events of staking.
#pragma once

#include "modules/staking/objects.hpp"

namespace assay::staking {

struct ValidatorBonded {
    static constexpr int kIndexed = 2;
    Consensus validator;
    Address operator_account;
    Bytes public_key;
};
BOOST_DESCRIBE_STRUCT(ValidatorBonded, (), (validator, operator_account, public_key))

struct Delegated {
    static constexpr int kIndexed = 2;
    Consensus validator;
    Address delegator;
    Amount amount;
    Amount shares;
};
BOOST_DESCRIBE_STRUCT(Delegated, (), (validator, delegator, amount, shares))

struct UnbondingBegan {
    static constexpr int kIndexed = 2;
    Consensus validator;
    Address delegator;
    std::uint64_t unbonding = 0;
    Amount amount;  // less, if it is slashed before it is paid
    std::uint64_t ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(UnbondingBegan, (), (validator, delegator, unbonding, amount, ends_s))

struct UnbondingPaid {
    static constexpr int kIndexed = 2;
    Consensus validator;
    Address delegator;
    std::uint64_t unbonding = 0;
    Amount amount;
};
BOOST_DESCRIBE_STRUCT(UnbondingPaid, (), (validator, delegator, unbonding, amount))

struct Redelegated {
    static constexpr int kIndexed = 3;
    Consensus source;
    Consensus destination;
    Address delegator;
    std::uint64_t redelegation = 0;  // 0: nothing more can be owed for the source
    Amount amount;
    Amount shares;  // of the destination
    std::uint64_t ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(Redelegated, (),
                      (source, destination, delegator, redelegation, amount, shares, ends_s))

// Stake that left `source` without waiting paid for what that did; shown when the delegation is
// next touched, when the redelegation ends, or when the stake is paid out.
struct RedelegationSlashed {
    static constexpr int kIndexed = 2;
    Consensus source;
    Address delegator;
    Consensus validator;  // where the stake was
    Amount burned;
};
BOOST_DESCRIBE_STRUCT(RedelegationSlashed, (), (source, delegator, validator, burned))

struct RewardsWithdrawn {
    static constexpr int kIndexed = 2;
    Consensus validator;
    Address delegator;
    Amount amount;  // commission included
};
BOOST_DESCRIBE_STRUCT(RewardsWithdrawn, (), (validator, delegator, amount))

enum class Offence : std::uint8_t { absence = 1, double_signing = 2, missing_proof = 3 };
BOOST_DESCRIBE_ENUM(Offence, absence, double_signing, missing_proof)

struct ValidatorSlashed {
    static constexpr int kIndexed = 1;
    Consensus validator;
    Offence offence{};
    Amount burned;  // of its tokens and of what was leaving
};
BOOST_DESCRIBE_STRUCT(ValidatorSlashed, (), (validator, offence, burned))

struct ValidatorJailed {
    static constexpr int kIndexed = 1;
    Consensus validator;
    std::uint64_t until_s = 0;
    bool tombstoned = false;
};
BOOST_DESCRIBE_STRUCT(ValidatorJailed, (), (validator, until_s, tombstoned))

struct ValidatorUnjailed {
    static constexpr int kIndexed = 1;
    Consensus validator;
};
BOOST_DESCRIBE_STRUCT(ValidatorUnjailed, (), (validator))

struct ValidatorEdited {
    static constexpr int kIndexed = 1;
    Consensus validator;
    Address fee_recipient;
    std::uint32_t commission_ppm = 0;
};
BOOST_DESCRIBE_STRUCT(ValidatorEdited, (), (validator, fee_recipient, commission_ppm))

struct PowerChanged {
    static constexpr int kIndexed = 1;
    Consensus validator;
    std::uint64_t power = 0;  // two blocks later; 0: it leaves the set
};
BOOST_DESCRIBE_STRUCT(PowerChanged, (), (validator, power))

}  // namespace assay::staking
