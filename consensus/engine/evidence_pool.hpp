// Owns EvidencePool: proven double votes on their way into a block.
#pragma once

#include <functional>
#include <map>

#include "consensus/core/vote_book.hpp"
#include "consensus/engine/chain_position.hpp"
#include "consensus/types/evidence.hpp"

namespace assay::consensus {

// How long a double vote can be punished. Both limits must be passed before it is too old.
struct EvidenceLimits {
    std::int64_t max_age_blocks = 100'000;
    std::int64_t max_age_seconds = 172'800;
};

// What evidence is checked against: the set and the time of the block at a height.
struct HeightFacts {
    ValidatorSet validators;
    BlockTime time;
};
using FactsAt = std::function<Result<HeightFacts>(std::int64_t height)>;

// Evidence of these votes, in the order that gives it one form.
DuplicateVoteEvidence evidence_of(const Equivocation& votes, const HeightFacts& facts);

// Succeeds where the two votes are of one validator of that height, for the same step and for
// different blocks, both signed, with powers and time as they were, and not too old at `next`.
Result<void> verify_evidence(std::string_view chain_id, const DuplicateVoteEvidence& evidence,
                             const HeightFacts& facts, const EvidenceLimits& limits,
                             std::int64_t next_height, const BlockTime& now);

// Bounded: one item a validator and height is enough to punish it.
class EvidencePool {
  public:
    // For evidence that was verified and is in no block yet. False where it is known here or there
    // is no room.
    bool add(const DuplicateVoteEvidence& evidence);
    // The oldest that may still enter a block.
    std::vector<DuplicateVoteEvidence> pending(std::size_t most) const;
    // Forgets what a block took and what is too old for the next one.
    void committed(const std::vector<DuplicateVoteEvidence>& evidence, const EvidenceLimits& limits,
                   std::int64_t height, const BlockTime& time);

  private:
    using Key = std::pair<std::int64_t, ConsensusAddress>;
    std::map<Key, DuplicateVoteEvidence> pending_;
};

}  // namespace assay::consensus
