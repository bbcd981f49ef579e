// Owns Plan: everything that a seed decides before the run begins.
#pragma once

#include <vector>

#include "consensus/engine/replica.hpp"
#include "tests/simulation/random.hpp"

namespace assay::simulation {

using Micros = std::uint64_t;

// How a Byzantine validator misbehaves. A seed gives each some of these.
struct Habits {
    bool equivocates_votes = false;
    bool equivocates_proposals = false;
    bool proposes_invalid = false;
    bool votes_freely = false;  // forgets its lock: anything, at any round
    bool withholds_proposals = false;
    bool withholds_parts = false;
    bool withholds_votes = false;
    bool lies_about_status = false;
    bool speaks_garbage = false;
    bool replays = false;
    bool floods = false;
    bool lies_about_time = false;  // votes long ago
};

// A process. Twins are two with one key.
struct Member {
    std::size_t key = 0;
    bool byzantine = false;
    bool twin = false;  // honest software, and another has the same key
    Habits habits;
    std::int64_t skew_ms = 0;
    std::uint64_t timer_speed = 1'000;  // per mille of the true speed
};

// Of every link.
struct LinkFaults {
    std::uint64_t loss_per_mille = 0;
    std::uint64_t duplicate_per_mille = 0;
    std::uint64_t late_per_mille = 0;  // messages that take twenty times as long
    Micros delay_low = 0;
    Micros delay_high = 0;
};

// Chances, per mille, of each fault when one is due.
struct Chaos {
    Micros every = 0;  // about; 0: nothing happens but to messages
    std::uint64_t crash = 0;
    std::uint64_t crash_at_effect = 0;
    std::uint64_t disk_full = 0;
    std::uint64_t crash_all = 0;
    std::uint64_t partition = 0;
    std::uint64_t one_way = 0;
    std::uint64_t isolate = 0;
    std::uint64_t slow_peer = 0;
    std::uint64_t clock_jump = 0;
};

struct Plan {
    std::uint64_t seed = 0;
    std::vector<std::int64_t> powers;  // by key; 0 for who may join later
    std::vector<Member> members;
    consensus::ReplicaConfig config;
    std::int64_t max_block_bytes = 0;
    std::uint64_t block_gas = 0;
    std::uint64_t segment_bytes = 0;
    LinkFaults faulty;
    LinkFaults healed;
    Chaos chaos;
    Micros faults_until = 0;
    Micros tx_every = 0;
    std::size_t largest_tx = 0;  // bytes of padding
    bool changes_validators = false;
    bool byzantine_after_heal = false;

    bool is_byzantine_key(std::size_t key) const;
    // True where the Byzantine hold less than a third of these powers.
    bool tolerates(const std::vector<std::int64_t>& by_key) const;
};

Plan plan_of(std::uint64_t seed, std::size_t validators);

// One line for people.
std::string describe(const Plan& plan);

}  // namespace assay::simulation
