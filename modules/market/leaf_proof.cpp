// Reading leaves that somebody shows.
#include "modules/market/leaf_proof.hpp"

#include "chain/crypto/rfc6962.hpp"

namespace assay::market {

namespace {

constexpr std::size_t kMaxLeafBytes = 1'024;  // a malformed leaf may be longer than a good one
constexpr std::size_t kMaxPath = 64;

}  // namespace

bool in_bounds(const LeafProof& proof) {
    return proof.leaf.size() <= kMaxLeafBytes && proof.path.size() <= kMaxPath;
}

bool stands_in(const LeafProof& proof, const Submission& submission) {
    return proof.index < submission.item_count &&
           rfc6962::verify_inclusion(submission.root, rfc6962::leaf_hash(proof.leaf), proof.index,
                                     submission.item_count, proof.path);
}

std::optional<Leaf> well_formed(const LeafProof& proof) {
    const auto leaf = record::decode<Leaf>(proof.leaf);
    if (!leaf || leaf->index != proof.index) return std::nullopt;
    return *leaf;
}

}  // namespace assay::market
