// Owns the one queue of everything that waits: (deadline, kind, id), swept at the end of a block.
#pragma once

#include <cstdint>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"

namespace assay {

// What becomes due. The number orders equal deadlines, so it never changes meaning.
enum class DeadlineKind : std::uint8_t {
    order_closes = 1,
    submission_reveal_ends = 2,
    submission_window_ends = 3,
    dispute_phase_ends = 4,
    holdback_ends = 5,
    juror_unbonds = 6,
    epoch_ends = 7,
    vesting_ends = 8,
    order_sweep = 9,
    stake_unbonds = 10,
    redelegation_ends = 11,
    proposal_voting_ends = 14,
    proposal_executes = 15,
    opening_ends = 18,
    verdict_due = 24,
    policy_draws = 25,
    audit_phase_ends = 26,
};

struct Deadline {
    std::uint64_t time_s = 0;
    DeadlineKind kind{};
    std::uint64_t id = 0;
    friend auto operator<=>(const Deadline&, const Deadline&) = default;
};
BOOST_DESCRIBE_STRUCT(Deadline, (), (time_s, kind, id))

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

inline constexpr Table<Deadline, Nothing> kDeadlines{ModuleId::chain, 0x80};

// A block handles deadlines until they have made so many writes, whatever else it holds, and one
// more for each kGasPerDeadlineWrite of gas that its own transactions used; the rest go first in
// the next block. A message's gas covers the writes of all deadlines that it leads to at this
// price, so that no block sets more work than it does of what was set before: a backlog cannot be
// made to grow, full blocks or not (docs/adr/0026-deadline-work.md).
inline constexpr std::uint64_t kDeadlineWritesPerBlock = 30'000;
inline constexpr std::uint64_t kGasPerDeadlineWrite = 2'000;

constexpr std::uint64_t deadline_writes(std::uint64_t gas_used) {
    return kDeadlineWritesPerBlock + gas_used / kGasPerDeadlineWrite;
}

void schedule(State& state, const Deadline& deadline);
void unschedule(State& state, const Deadline& deadline);
bool is_scheduled(const State& state, const Deadline& deadline);

// Handles one due deadline, already taken from the queue. Never fails: there is nobody to tell.
using DeadlineHandler = void (*)(State& state, const BlockEnv& block, std::uint64_t id);

}  // namespace assay
