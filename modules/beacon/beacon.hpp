// Owns the chain of beacon values: its record and the rule that moves it on.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/table.hpp"

namespace assay {
class State;
}

namespace assay::beacon {

struct Beacon {
    std::uint64_t height = 0;  // of the block that gave the value
    Hash256 value;
};
BOOST_DESCRIBE_STRUCT(Beacon, (), (height, value))

inline constexpr Table<Only, Beacon> kBeacon{ModuleId::beacon, 1};

// R_0 = SHA-256("assay/beacon/0" | genesis time), so that two chains do not share their values.
void init(State& state, std::uint64_t genesis_time_s);
// R_h = SHA-256("assay/beacon/1" | R_{h-1} | hash of block h) (ADR 6).
void begin_block(State& state, const BlockEnv& block);

}  // namespace assay::beacon
