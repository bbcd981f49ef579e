// Owns one play of a seed, and many of them in several processes.
#pragma once

#include "tests/plays/report.hpp"

namespace assay::test {

struct PlayOptions {
    std::uint64_t first = 1;
    std::uint64_t seeds = 20;
    std::uint64_t messages = 600;    // of one play
    std::uint64_t again_every = 10;  // seeds, of which one is executed again; 0: none
    unsigned jobs = 1;
};

// Plays until so many messages were sent or a rule is broken. Every invariant is checked after
// every block; where `again`, all blocks are executed on a second chain and must leave the same
// (invariant 10).
PlayReport play_seed(std::uint64_t seed, std::uint64_t messages, bool again);
// Ends at the first seed that breaks a rule or whose process dies; both are in `broken`.
PlayReport play_all(const PlayOptions& options);

}  // namespace assay::test
