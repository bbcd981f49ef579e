// Owns World: what the parts of one run share.
#pragma once

#include <memory>

#include "tests/simulation/judge.hpp"
#include "tests/simulation/network.hpp"

namespace assay::simulation {

class Node;

struct Stats {
    std::uint64_t crashes = 0;
    std::uint64_t crashes_at_effect = 0;
    std::uint64_t disk_full = 0;
    std::uint64_t partitions = 0;
    std::uint64_t refused = 0;
    std::uint64_t forged = 0;
    std::int32_t highest_round = 0;
    std::uint64_t largest_mempool = 0;
};

// What Byzantine validators agree on: the other block of a round, and who is to be shown it.
struct Conspiracy {
    std::map<std::pair<std::int64_t, std::int32_t>, consensus::BlockId> other;
    std::vector<bool> deceived;  // by node
    std::vector<consensus::BlockId> known;
};

struct World {
    World(Plan with, AppKind kind);

    Plan plan;
    std::unique_ptr<Stage> stage;
    consensus::ChainIdentity identity;
    Random random;
    Scheduler scheduler;
    Judge judge;
    Stats stats;
    Conspiracy conspiracy;
    std::vector<std::unique_ptr<Node>> nodes;
    std::unique_ptr<Network> network;
    bool healed = false;
    bool byzantine_quiet = false;
    bool tracing = false;
    std::uint64_t digest = 0;  // of all that happened, to compare runs

    // One line of the trace; the text is made only where it is wanted.
    template <class Text>
    void trace(std::size_t node, Text text) {
        if (tracing) print(node, text());
    }
    void print(std::size_t node, const std::string& text) const;
    void mix(std::uint64_t value) { digest = (digest ^ value) * 0x9E3779B97F4A7C15ULL + 1; }
};

}  // namespace assay::simulation
