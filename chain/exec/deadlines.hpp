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

// At most this many deadlines are handled in one block; the rest go first in the next.
inline constexpr std::uint32_t kMaxDeadlinesPerBlock = 2'000;

void schedule(State& state, const Deadline& deadline);
void unschedule(State& state, const Deadline& deadline);
bool is_scheduled(const State& state, const Deadline& deadline);

// Handles one due deadline, already taken from the queue. Never fails: there is nobody to tell.
using DeadlineHandler = void (*)(State& state, const BlockEnv& block, std::uint64_t id);

}  // namespace assay
