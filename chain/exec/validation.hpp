// Owns what passes between consensus and the modules: who signed, who lied, who shall decide.
#pragma once

#include <cstdint>
#include <vector>

#include "chain/state/table.hpp"
#include "chain/types/block_time.hpp"

namespace assay {

// One of the set that decided the block before.
struct LastVote {
    FixedBytes<20> validator;  // consensus address
    std::uint64_t power = 0;
    bool signed_block = false;  // its precommit for that block is in this one's last commit
};
BOOST_DESCRIBE_STRUCT(LastVote, (), (validator, power, signed_block))

// Proven by evidence that this block carries; no two blocks carry the same.
struct Misbehaviour {
    FixedBytes<20> validator;
    std::uint64_t power = 0;  // of the validator at `height`
    std::uint64_t height = 0;
    BlockTime time;  // of the block at `height`
    std::uint64_t total_power = 0;
};
BOOST_DESCRIBE_STRUCT(Misbehaviour, (), (validator, power, height, time, total_power))

// What a block tells about validators. Kept with the block, so that a replay executes the same.
struct Attested {
    std::vector<LastVote> last_commit = {};  // in the set's order; empty in the first block
    std::vector<Misbehaviour> misbehaviour = {};
};
BOOST_DESCRIBE_STRUCT(Attested, (), (last_commit, misbehaviour))

struct ValidatorUpdate {
    FixedBytes<33> public_key;  // compressed secp256k1
    std::uint64_t power = 0;    // 0 removes
};
BOOST_DESCRIBE_STRUCT(ValidatorUpdate, (), (public_key, power))

// A module's end_block puts here what shall change in the validator set; the application hands it
// to consensus and takes it away in the same block.
inline constexpr Table<Only, std::vector<ValidatorUpdate>> kValidatorUpdates{ModuleId::chain, 8};

}  // namespace assay
