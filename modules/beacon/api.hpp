// Owns what the rest of the chain may ask of the beacon; only modules/wiring calls it.
#pragma once

#include "chain/crypto/ecvrf.hpp"
#include "chain/state/state.hpp"
#include "chain/types/ids.hpp"
#include "modules/beacon/params.hpp"

namespace assay::beacon {

// R_0 = SHA-256("assay/beacon/0" | genesis time), so that two chains do not share their values.
void init(State& state, const Params& params, std::uint64_t genesis_time_s);
// A validator's key as genesis names it: it counts from block 1. Whoever writes the genesis answers
// for the secret's being known to that validator.
void init_key(State& state, const FixedBytes<20>& validator, const ecvrf::PublicKey& key);

// The value of the block being executed (of the newest block, between blocks): unknown to everybody
// but its proposer before that block was made.
Hash256 value(const State& state);

// One more block without its proposer's proof. Returns how many there were.
std::uint64_t count_miss(State& state, const FixedBytes<20>& validator);

}  // namespace assay::beacon
