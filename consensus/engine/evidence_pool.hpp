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

// Succeeds where the two votes are said to be of one validator, for the same step of a decided
// height and for different blocks, and not too old for block `next_height`. All that can be told
// without the facts of that height.
Result<void> check_form(const DuplicateVoteEvidence& evidence, const EvidenceLimits& limits,
                        std::int64_t next_height, const BlockTime& now);
// Of evidence of good form: succeeds where both are signed by a validator of that height, with
// powers and time as they were.
Result<void> verify_evidence(std::string_view chain_id, const DuplicateVoteEvidence& evidence,
                             const HeightFacts& facts);

// Bounded: one item a validator and height is enough to punish it.
class EvidencePool {
  public:
    // For evidence that was verified and is in no block yet. False where it is known here or there
    // is no room.
    bool add(const DuplicateVoteEvidence& evidence);
    // The oldest, for a proposal of block `height`. What no block took is offered again after twice
    // as many heights each time: those who cannot judge it vote against its blocks.
    std::vector<DuplicateVoteEvidence> to_propose(std::size_t most, std::int64_t height);
    // Forgets what a block took and what is too old for the next one.
    void committed(const std::vector<DuplicateVoteEvidence>& evidence, const EvidenceLimits& limits,
                   std::int64_t height, const BlockTime& time);

  private:
    using Key = std::pair<std::int64_t, ConsensusAddress>;
    struct Pending {
        DuplicateVoteEvidence evidence;
        std::int64_t next_offer = 0;  // the height
        std::int64_t wait = 1;        // heights
    };
    std::map<Key, Pending> pending_;
};

}  // namespace assay::consensus
