// Owns the edges of the state diagrams: every change of an order's or a submission's state.
#pragma once

#include "chain/exec/deadlines.hpp"
#include "chain/state/state.hpp"
#include "modules/market/objects.hpp"
#include "modules/market/tables.hpp"

namespace assay::market {

// An edge outside the diagrams is a bug. Each function writes the records it changes, announces
// the new state and leaves a waiting object exactly one deadline. Deadlines already taken from the
// queue are the caller's business; those that still wait are taken out here.

// OPEN -> CLOSED, and SETTLED where nothing is live.
void close_order(State& state, std::uint64_t order);
// OPEN -> CANCELLED: burns the fee, gives the rest back.
void cancel_order(State& state, Order order);

// COMMITTED -> WINDOW, or REVEALED where the order's policy speaks first. `submission` carries what
// was revealed.
void reveal(State& state, const BlockEnv& block, Submission submission);
// REVEALED -> WINDOW: the policy's verdict, and the buyer's share of it where it did not do its
// part.
void score(State& state, const BlockEnv& block, std::uint64_t submission);
// The verdict on a revealed submission is due at another second.
void move_verdict_due(State& state, std::uint64_t submission, std::uint64_t time_s);
// COMMITTED -> FORFEITED.
void forfeit(State& state, std::uint64_t submission);
// WINDOW -> DISPUTED, by a challenge or by its contributor's contest of a verdict.
void begin_dispute(State& state, std::uint64_t submission, std::uint64_t dispute);
// WINDOW or DISPUTED -> ACCEPTED: pays what the policy says it earned.
void accept(State& state, const BlockEnv& block, std::uint64_t submission);

struct Verdict {
    Address challenger;  // zero where nobody is owed a share
    Reason reason{};
    std::uint8_t claim = 0;
    Hash256 evidence;
};
// REVEALED, WINDOW or DISPUTED -> REJECTED: slashes the bond.
void reject(State& state, std::uint64_t submission, const Verdict& verdict);
// ACCEPTED -> FINAL: releases the holdback.
void finalize(State& state, std::uint64_t submission);
// ACCEPTED -> CLAWED_BACK: the holdback goes to the prover and the buyer, unreleased rewards burn.
void claw_back(State& state, const BlockEnv& block, std::uint64_t submission,
               const Verdict& verdict);

// True before a verdict, in a window, in a dispute without a conviction yet, and while the holdback
// is held.
bool may_be_convicted(const State& state, const Submission& submission);
// Fraud was proven: rejects, claws back, or waits for the dispute that runs.
void convict(State& state, const BlockEnv& block, std::uint64_t submission,
             const Conviction& conviction);
// A dispute about the submission ended: rejects for fraud proven meanwhile; false where none was.
bool reject_convicted(State& state, std::uint64_t submission);
// What the verdict says of a submission that nobody contests any longer: ACCEPTED or REJECTED.
void let_verdict_stand(State& state, const BlockEnv& block, std::uint64_t submission);
// A jury found the verdict wrong: the work has earned all its value, and what gold owes for it.
void overturn_verdict(State& state, const BlockEnv& block, std::uint64_t submission);

// The deadline that a submission in this state waits for; nullopt where it waits for none.
std::optional<Deadline> deadline_of(const Submission& submission);
// What the end of a block does when a submission's deadline has passed.
void pass_deadline(State& state, const BlockEnv& block, std::uint64_t submission);

}  // namespace assay::market
