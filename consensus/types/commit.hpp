// Owns Commit: the precommits that made a block final, and their check against a validator set.
#pragma once

#include <vector>

#include "consensus/types/validator_set.hpp"
#include "consensus/types/vote.hpp"

namespace assay::consensus {

enum class CommitFlag : std::uint8_t { absent = 1, commit = 2, nil = 3 };

// One a validator, in the set's order. An absent one has no address and no signature.
struct CommitSig {
    static constexpr const char* kName = "commit signature";
    CommitFlag flag = CommitFlag::absent;
    ConsensusAddress validator;
    BlockTime time = kGoZeroTime;
    ValidatorSignature signature;
    friend bool operator==(const CommitSig&, const CommitSig&) = default;
};

// Height 0 with nothing in it stands below the first block.
struct Commit {
    static constexpr const char* kName = "commit";
    std::int64_t height = 0;
    std::int32_t round = 0;
    BlockId block_id;
    std::vector<CommitSig> signatures;
    friend bool operator==(const Commit&, const Commit&) = default;

    // Root over the signatures' encodings: the next header's last_commit_hash.
    Hash256 hash() const;
    // The precommit of validator number `index`, rebuilt. It must not be absent.
    Vote vote(std::size_t index) const;
};

// Succeeds when more than two thirds of the set's power signed this block at this height. Every
// signature present must be valid, and its address must be the one at its index.
Result<void> verify_commit(std::string_view chain_id, const ValidatorSet& set, std::int64_t height,
                           const BlockId& block_id, const Commit& commit);

// BFT time: the median of the commit's times, weighted by power. `commit` was verified against
// `set`.
BlockTime median_time(const Commit& commit, const ValidatorSet& set);

void write(protobuf::Writer& out, const CommitSig& signature);
void read(protobuf::Reader& in, CommitSig& signature);
void write(protobuf::Writer& out, const Commit& commit);
void read(protobuf::Reader& in, Commit& commit);

}  // namespace assay::consensus
