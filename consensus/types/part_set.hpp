// Owns the cutting of encoded blocks into parts with proofs.
#pragma once

#include <vector>

#include "consensus/types/block_id.hpp"

namespace assay::consensus {

inline constexpr std::size_t kPartBytes = 65'536;

// tendermint.crypto.Proof: `aunts` run from the leaf upwards.
struct PartProof {
    std::int64_t total = 0;
    std::int64_t index = 0;
    Hash256 leaf_hash;
    std::vector<Hash256> aunts;
    friend bool operator==(const PartProof&, const PartProof&) = default;
};

struct Part {
    static constexpr const char* kName = "part";
    std::uint32_t index = 0;
    Bytes bytes;
    PartProof proof;
    friend bool operator==(const Part&, const Part&) = default;

    // True where this is part `index` under `header`.
    bool verify(const PartSetHeader& header) const;
};

// Number of parts and their root; no data is copied.
PartSetHeader part_set_header(ByteView data);
// All parts of `data`, with proofs.
std::vector<Part> cut_into_parts(ByteView data);

void write(protobuf::Writer& out, const Part& part);
// Refuses parts above kPartBytes and proofs longer than any tree of parts.
void read(protobuf::Reader& in, Part& part);

}  // namespace assay::consensus
