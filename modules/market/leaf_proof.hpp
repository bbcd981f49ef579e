// Owns LeafProof: a leaf shown with its place in a submission's tree.
#pragma once

#include <optional>

#include "modules/market/objects.hpp"

namespace assay::market {

struct LeafProof {
    std::uint64_t index = 0;
    Bytes leaf;
    std::vector<Hash256> path;  // siblings from the leaf upwards
};
BOOST_DESCRIBE_STRUCT(LeafProof, (), (index, leaf, path))

// Within the sizes that any proof may have.
bool in_bounds(const LeafProof& proof);
// That these bytes stand at this index of the submission's tree (RFC 6962, 2.1.1).
bool stands_in(const LeafProof& proof, const Submission& submission);
// The leaf, where its bytes are one that names its own place.
std::optional<Leaf> well_formed(const LeafProof& proof);

}  // namespace assay::market
