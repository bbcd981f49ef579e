// Owns Vote and Proposal: what validators sign, and the exact bytes they sign.
#pragma once

#include <optional>

#include "consensus/types/block_id.hpp"
#include "consensus/types/keys.hpp"

namespace assay::consensus {

enum class VoteType : std::uint8_t { prevote = 1, precommit = 2 };
inline constexpr std::uint64_t kProposalType = 32;

struct Vote {
    static constexpr const char* kName = "vote";
    VoteType type = VoteType::prevote;
    std::int64_t height = 0;
    std::int32_t round = 0;
    BlockId block_id;  // nil: for no block
    BlockTime time;
    ConsensusAddress validator;
    std::int32_t validator_index = 0;
    ValidatorSignature signature;
    friend bool operator==(const Vote&, const Vote&) = default;

    // Length-delimited CanonicalVote.
    Bytes sign_bytes(std::string_view chain_id) const;
};

struct Proposal {
    static constexpr const char* kName = "proposal";
    std::int64_t height = 0;
    std::int32_t round = 0;
    std::int32_t pol_round = -1;  // round of the polka it carries; -1 for none
    BlockId block_id;
    BlockTime time;
    ValidatorSignature signature;
    friend bool operator==(const Proposal&, const Proposal&) = default;

    // Length-delimited CanonicalProposal.
    Bytes sign_bytes(std::string_view chain_id) const;
};

// The time inside the sign bytes of a vote or proposal; nullopt where they are neither.
std::optional<BlockTime> time_in_sign_bytes(ByteView sign_bytes);

void write(protobuf::Writer& out, const Vote& vote);
// Refuses heights below 1, negative rounds and indices.
void read(protobuf::Reader& in, Vote& vote);
void write(protobuf::Writer& out, const Proposal& proposal);
void read(protobuf::Reader& in, Proposal& proposal);

}  // namespace assay::consensus
