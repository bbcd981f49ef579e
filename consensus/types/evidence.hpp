// Owns evidence of misbehaviour as blocks carry it.
#pragma once

#include <vector>

#include "consensus/types/vote.hpp"

namespace assay::consensus {

inline constexpr std::size_t kMaxEvidencePerBlock = 64;

// Two votes of one validator at the same height, round and step for different blocks.
struct DuplicateVoteEvidence {
    static constexpr const char* kName = "duplicate vote evidence";
    Vote vote_a;
    Vote vote_b;
    std::int64_t total_power = 0;
    std::int64_t validator_power = 0;
    BlockTime time;  // of the block at the votes' height
    friend bool operator==(const DuplicateVoteEvidence&, const DuplicateVoteEvidence&) = default;
};

// Root over the encodings.
Hash256 evidence_hash(const std::vector<DuplicateVoteEvidence>& evidence);

void write(protobuf::Writer& out, const DuplicateVoteEvidence& evidence);
void read(protobuf::Reader& in, DuplicateVoteEvidence& evidence);

}  // namespace assay::consensus
