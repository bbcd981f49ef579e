// Owns what genesis and other modules may ask of staking; only modules/wiring calls it.
#pragma once

#include <optional>
#include <vector>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/staking/params.hpp"

namespace assay::staking {

void init(State& state, const Params& params);
// A validator of the genesis set: power * power_unit tokens are created as its operator's own
// delegation. The operator is its fee recipient too.
void init_validator(State& state, const FixedBytes<33>& public_key, std::uint64_t power,
                    const Address& operator_account);

// nullopt where there is no such validator.
std::optional<Address> operator_of(const State& state, const FixedBytes<20>& validator);

// What stands behind each validator of the set, in the order of addresses: max_validators at most.
struct SetStake {
    FixedBytes<20> validator;
    Amount tokens;
    Amount shares;  // of the tokens
};
std::vector<SetStake> stakes_of_set(const State& state);
// Of the validator's shares, the delegator's, as they are stored.
Amount shares_of(const State& state, const Address& delegator, const FixedBytes<20>& validator);

// Puts parameters in force that validate_change() allows; the set follows at the end of the block.
void change_params(State& state, const Params& after);

// The validator owed its block a proof and gave none, for the `missed`-th time. Every
// kMissesCharged of them are charged together, so that few blocks need a boundary transaction for
// it. Unknown and tombstoned ones owe nothing.
inline constexpr std::uint32_t kMissesCharged = 100;
void punish_missing_proofs(State& state, const BlockEnv& block, const FixedBytes<20>& validator,
                           std::uint64_t missed);

}  // namespace assay::staking
