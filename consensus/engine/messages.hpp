// Owns what validators say to each other on the consensus channel, and its wire form.
#pragma once

#include <variant>

#include "consensus/types/commit.hpp"
#include "consensus/types/evidence.hpp"
#include "consensus/types/part_set.hpp"

namespace assay::consensus {

// Which votes of one round and type a node has: bit i of byte i / 8 stands for validator i. Where
// `block` is not nil, votes for others do not count: who votes twice must not hide the vote that
// somebody else saw.
struct VotesHeld {
    static constexpr const char* kName = "votes held";
    std::int32_t round = 0;
    VoteType type = VoteType::prevote;
    Bytes bits;
    BlockId block;
    friend bool operator==(const VotesHeld&, const VotesHeld&) = default;
};

// Where a node stands and what it has. Whoever has more for the same height sends it.
struct Status {
    std::int64_t height = 0;  // being decided
    std::int32_t round = -1;  // -1: waits to begin
    bool has_proposal = false;
    std::int64_t base = 0;  // the lowest block that it can give; 0 where it has none
    std::vector<VotesHeld> votes;
    friend bool operator==(const Status&, const Status&) = default;
};

// A part of the block with this part set header.
struct BlockPart {
    std::int64_t height = 0;
    PartSetHeader header;
    Part part;
    friend bool operator==(const BlockPart&, const BlockPart&) = default;
};

struct PartRequest {
    std::int64_t height = 0;
    PartSetHeader header;
    Bytes missing;  // bits by part index, as in VotesHeld
    friend bool operator==(const PartRequest&, const PartRequest&) = default;
};

using ConsensusMessage =
    std::variant<Status, Proposal, BlockPart, Vote, PartRequest, Commit, DuplicateVoteEvidence>;

inline constexpr std::size_t kMaxVotesHeld = 8;  // entries of a Status

Bytes encode_message(const ConsensusMessage& message);
// Refuses whatever encode_message() cannot have made.
Result<ConsensusMessage> decode_message(ByteView data);

// Bitmaps as the messages carry them.
bool bit_at(const Bytes& bits, std::size_t index);
void set_bit(Bytes& bits, std::size_t index, std::size_t size);

}  // namespace assay::consensus
