// Owns proofs that a key has a value, or has none, under a state root; their verification and
// their ICS-23 form.
#pragma once

#include <optional>
#include <vector>

#include "chain/codec/record.hpp"
#include "chain/state/tree_hash.hpp"

namespace assay {

// One step from a leaf towards the root.
struct ProofStep {
    bool sibling_on_left = false;
    Hash256 sibling;
    friend bool operator==(const ProofStep&, const ProofStep&) = default;
};
BOOST_DESCRIBE_STRUCT(ProofStep, (), (sibling_on_left, sibling))

// A record and its way up. `value` is the committed value (see committed_value()).
struct LeafProof {
    Bytes key;
    Bytes value;
    std::vector<ProofStep> path;
    friend bool operator==(const LeafProof&, const LeafProof&) = default;
};
BOOST_DESCRIBE_STRUCT(LeafProof, (), (key, value, path))

// Either `leaf` is the key's own record, or `left` and `right` are the records nearest to where it
// would be (one of them at the edge of the tree, none in an empty one) and nothing is between.
struct StateProof {
    Bytes key;
    std::optional<LeafProof> leaf;
    std::optional<LeafProof> left;
    std::optional<LeafProof> right;
    friend bool operator==(const StateProof&, const StateProof&) = default;
};
BOOST_DESCRIBE_STRUCT(StateProof, (), (key, leaf, left, right))

// Accepts a proof that under `root` the key's record is `value`, or with no value that it has none.
// The failure says which step is wrong.
Result<void> verify_proof(const Hash256& root, ByteView key, std::optional<ByteView> value,
                          const StateProof& proof);

// cosmos.ics23.v1.CommitmentProof in protobuf, to be verified under the SMT spec. ICS-23 has no
// form for absence from an empty tree: that proof names no neighbour and its verifiers refuse it.
Bytes encode_ics23(const StateProof& proof);
// Reads what encode_ics23() writes and nothing else. Whether it proves anything, verify_proof()
// says.
Result<StateProof> decode_ics23(ByteView bytes);

}  // namespace assay
