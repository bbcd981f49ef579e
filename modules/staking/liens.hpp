// Owns what stake owes for the validator that it left without waiting. Nothing walks over the
// delegators: a validator's one fault is a record, and each lien is held against it when its stake
// is next touched.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/staking/stake.hpp"

namespace assay::staking {

// Remembers what liens on the validator's former stake owe from now on.
void record_fault(State& state, const BlockEnv& block, const Consensus& source,
                  std::uint64_t height, std::uint32_t ppm);

// Takes what the redelegations owe out of the position, and those that nothing more can be owed
// for out of its list. Writes nothing; the delegation is credited.
void settle(const State& state, Position& position);
// Burns what settle() took.
void collect(State& state, const Position& position);

// Opens a lien on shares that the position received from `source`. Returns the redelegation.
Redelegation begin_redelegation(State& state, const BlockEnv& block, Position& position,
                                const Consensus& source, Amount shares);
// The liens that go with `leaving` of the position's shares, which become `shares` elsewhere: what
// is free leaves first, then what arrived first. Called before the shares are removed.
std::vector<Lien> release(State& state, Position& position, Amount leaving, Amount shares);

// Of the entry's bucket, what its liens lose, by source.
struct Loss {
    Consensus source;
    Amount tokens;
};
std::vector<Loss> losses_of(const State& state, const Unbonding& entry, const Bucket& bucket);

// Burns them.
void charge(State& state, const DelegationKey& where, const std::vector<Loss>& losses);

// Deadline redelegation_ends.
void on_redelegation_ends(State& state, const BlockEnv& block, std::uint64_t id);

}  // namespace assay::staking
