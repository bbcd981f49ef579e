// Owns what can be asked of staking.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/staking/objects.hpp"

namespace assay::staking {

// Why a validator is in the set or not: in it, ranked below it (or too small), jailed, or jailed
// for ever.
enum class Status : std::uint8_t { active = 1, waiting = 2, jailed = 3, tombstoned = 4 };
BOOST_DESCRIBE_ENUM(Status, active, waiting, jailed, tombstoned)

struct ValidatorStatus {
    Validator validator;  // its commission up to this block
    Status status{};
    std::uint32_t missed_blocks = 0;  // of the present window
};
BOOST_DESCRIBE_STRUCT(ValidatorStatus, (), (validator, status, missed_blocks))

struct GetValidator {
    using Returns = ValidatorStatus;
    Consensus validator;
    Result<ValidatorStatus> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetValidator, (), (validator))

inline constexpr std::uint32_t kMaxPage = 100;

// In the order of addresses, those after `after`; the zero address begins.
struct ListValidators {
    using Returns = std::vector<ValidatorStatus>;
    Consensus after;
    std::uint32_t count = 0;  // 100 at most
    Result<std::vector<ValidatorStatus>> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListValidators, (), (after, count))

struct UnbondingStatus {
    std::uint64_t id = 0;
    Amount amount;  // as things stand
    std::uint64_t ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(UnbondingStatus, (), (id, amount, ends_s))

// Stake that came from another validator and still answers for it. `amount` is part of the
// delegation's stake.
struct RedelegationStatus {
    std::uint64_t id = 0;
    Consensus source;
    Amount amount;  // as things stand
    std::uint64_t ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(RedelegationStatus, (), (id, source, amount, ends_s))

struct DelegationStatus {
    Consensus validator;
    Amount stake;
    Amount shares;
    Amount rewards;  // without the operator's commission
    std::vector<UnbondingStatus> unbondings;
    std::vector<RedelegationStatus> redelegations;
};
BOOST_DESCRIBE_STRUCT(DelegationStatus, (),
                      (validator, stake, shares, rewards, unbondings, redelegations))

struct GetDelegation {
    using Returns = DelegationStatus;
    Address delegator;
    Consensus validator;
    Result<DelegationStatus> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetDelegation, (), (delegator, validator))

// An account's delegations in the order of the validators' addresses, those after `after`.
struct ListDelegations {
    using Returns = std::vector<DelegationStatus>;
    Address delegator;
    Consensus after;
    std::uint32_t count = 0;  // 100 at most
    Result<std::vector<DelegationStatus>> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListDelegations, (), (delegator, after, count))

struct GetStakingTotals {
    using Returns = Totals;
    Result<Totals> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetStakingTotals, (), ())

struct GetStakingParams {
    using Returns = Params;
    Result<Params> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetStakingParams, (), ())

}  // namespace assay::staking
