// Owns what nodes say to each other on the blocks channel, and its wire form.
#pragma once

#include <variant>

#include "consensus/types/commit.hpp"

namespace assay::consensus {

inline constexpr std::uint32_t kMaxBlocksAsked = 64;               // of one request
inline constexpr std::size_t kMaxBlockBytes = 100U * (1U << 20U);  // MaxBlockSizeBytes

// Asks for the blocks `height` to `height + count - 1`, each in an answer of its own, in order.
struct BlockRequest {
    std::uint64_t height = 0;
    std::uint32_t count = 0;
    friend bool operator==(const BlockRequest&, const BlockRequest&) = default;
};

// A block as it is stored, with a commit that makes it final. Nothing rests on the senders: they
// spare whoever takes the block over most of the work of finding them.
struct BlockResponse {
    std::uint64_t height = 0;
    Bytes block;
    Commit commit;
    Bytes senders;  // 20 bytes a transaction, in order; empty where they are not known
    friend bool operator==(const BlockResponse&, const BlockResponse&) = default;
};

// This block and the later ones of the request will not come.
struct NoBlock {
    std::uint64_t height = 0;
    friend bool operator==(const NoBlock&, const NoBlock&) = default;
};

// The blocks that the sender can give; both 0 where it has none.
struct BlockHeights {
    std::uint64_t base = 0;
    std::uint64_t height = 0;
    friend bool operator==(const BlockHeights&, const BlockHeights&) = default;
};

using BlockMessage = std::variant<BlockRequest, BlockResponse, NoBlock, BlockHeights>;

Bytes encode_block_message(const BlockMessage& message);
// Refuses whatever encode_block_message() cannot have made from legal values.
Result<BlockMessage> decode_block_message(ByteView data);

}  // namespace assay::consensus
