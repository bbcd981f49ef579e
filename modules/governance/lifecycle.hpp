// Owns a proposal's life: every change of its status, and the money and deadline that go with it.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "chain/types/tx_code.hpp"
#include "modules/governance/objects.hpp"

namespace assay::governance {

// Why nobody may open a proposal with this value now; or ok.
TxCode refuse_opening(const State& state, Amount value);
// Fills in all but kind, texts and content, takes the value from the module's address, and begins
// the vote.
void open_proposal(State& state, const TxEnv& env, Proposal proposal);

// Why the proposal's content cannot be carried out in this block; or ok.
TxCode refuse_content(const State& state, const BlockEnv& block, const Proposal& proposal);
// Ends the timelock: executed, or failed with the reason, and then nothing else has changed.
void carry_out(State& state, const BlockEnv& block, Proposal proposal);

// Deadline proposal_voting_ends.
void on_voting_ends(State& state, const BlockEnv& block, std::uint64_t id);
// Deadline proposal_executes.
void on_executes(State& state, const BlockEnv& block, std::uint64_t id);
// Begins the upgrade whose block this is.
void begin_block(State& state, const BlockEnv& block);

}  // namespace assay::governance
