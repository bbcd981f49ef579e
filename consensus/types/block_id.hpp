// Owns BlockId: a block's header hash together with the root of its parts.
#pragma once

#include "chain/types/ids.hpp"
#include "consensus/types/wire.hpp"

namespace assay::consensus {

struct PartSetHeader {
    static constexpr const char* kName = "part set header";
    std::uint32_t total = 0;
    Hash256 hash;
    friend bool operator==(const PartSetHeader&, const PartSetHeader&) = default;
};

// Nil (a vote for no block, the parent of the first block) has no parts and no hashes.
struct BlockId {
    static constexpr const char* kName = "block id";
    Hash256 hash;
    PartSetHeader parts;
    bool is_nil() const { return parts.total == 0; }
    friend bool operator==(const BlockId&, const BlockId&) = default;
};

// BlockID and CanonicalBlockID have the same form.
void write(protobuf::Writer& out, const PartSetHeader& header);
void read(protobuf::Reader& in, PartSetHeader& header);
void write(protobuf::Writer& out, const BlockId& id);
void read(protobuf::Reader& in, BlockId& id);

}  // namespace assay::consensus
