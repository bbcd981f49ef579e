// Owns the chain of beacon values: its record and the rule that moves it on (ADR 8).
#pragma once

#include <optional>

#include "chain/exec/block_entry.hpp"
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

// "assay/beacon/alpha" | chain id | R_{h-1} | h: what the proposer of block h proves, in whatever
// round.
Bytes beacon_alpha(std::uint64_t chain_id, const Hash256& before, std::uint64_t height);

// nullopt: the proposer has no key that counts at this height.
std::optional<ProofRequest> proof_request(const State& state, const BlockEnv& block);

// SHA-256("assay/beacon/2" | R_{h-1} | output of the proposer's proof).
Hash256 proven_value(const Hash256& before, const Hash256& output);
// SHA-256("assay/beacon/3" | R_{h-1}): of a block without a proof that holds.
Hash256 unproven_value(const Hash256& before);

// R_h is proven_value() or unproven_value(). The latter costs a proposer its beacon penalty, unless
// its first key does not count yet.
void begin_block(State& state, const BlockEnv& block);

}  // namespace assay::beacon
