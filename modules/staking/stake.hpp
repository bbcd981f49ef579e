// Owns what a stake is worth: shares, power and the place in the ranking that follow from tokens.
#pragma once

#include <optional>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/staking/objects.hpp"

namespace assay::staking {

Consensus consensus_of(ByteView public_key);

// The nearest number of units: a slash of less than half a unit costs no vote.
std::uint64_t power_of(Amount tokens, Amount unit);
// What the shares would be paid. A share is never worth more than a base unit.
Amount tokens_of(const Validator& validator, Amount shares);
// nullopt where the sum of shares would pass 2^112.
std::optional<Amount> shares_for(const Validator& validator, Amount tokens);
Amount stake_of(const State& state, const DelegationKey& key);

// Stores the record and moves the validator in the ranking.
void put_validator(State& state, const Validator& validator);
// Erases a record that says nothing any more.
void put_delegation(State& state, const DelegationKey& key, const Delegation& delegation);

// A redelegation whose source was punished: it owes this, and nothing after it.
struct Settlement {
    Redelegation redelegation;
    Amount burned;
};
// One delegator at one validator, with all earnings credited and all that its redelegations owe
// taken: read, changed and written together.
struct Position {
    DelegationKey key;
    Validator validator;
    Delegation delegation;
    Totals totals;
    std::vector<Settlement> settlements;
};
// The validator exists.
Position open_position(const State& state, const Address& delegator, const Consensus& validator);
void close_position(State& state, const Position& position);

// The pool holds the tokens already; shares_for() gave these shares.
void add_shares(Position& position, Amount tokens, Amount shares);
// Returns the tokens, which the pool still holds.
Amount remove_shares(Position& position, Amount shares);
// Takes the shares out, into a bucket, to be paid after the wait. Returns the tokens.
Amount begin_unbonding(State& state, const BlockEnv& block, Position& position, Amount shares);
// What the entry would be paid now.
Amount payment_of(const State& state, const Unbonding& entry);
// Deadline stake_unbonds.
void on_stake_unbonds(State& state, const BlockEnv& block, std::uint64_t id);

}  // namespace assay::staking
