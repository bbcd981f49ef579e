// Owns a juror's record: every change of stake, locks and slots goes through here.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/jurors/objects.hpp"

namespace assay::jurors {

// The account's record, or an empty one without a slot in use.
Juror juror_of(const State& state, const Address& account);
Amount free_stake(const Juror& juror);  // neither locked nor pledged
// True where a new juror would find a slot.
bool has_free_slot(const State& state);

void add_stake(State& state, const Address& account, Amount amount);
// Begins to pay `amount` of free stake out; returns when it ends.
std::uint64_t begin_unbonding(State& state, const BlockEnv& block, const Address& account,
                              Amount amount);
// DeadlineKind::juror_unbonds.
void finish_unbonding(State& state, const BlockEnv& block, std::uint64_t id);

}  // namespace assay::jurors
