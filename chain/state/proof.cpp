// Verifies proofs without a store, as light clients do.
#include "chain/state/proof.hpp"

namespace assay {

namespace {

Result<void> verify_leaf(const Hash256& root, const LeafProof& proof) {
    const TreePath path = path_of(proof.key);
    if (proof.value.empty()) return failure("a proven value is empty");
    if (proof.path.size() > kPathBits) return failure("a proof is longer than 256 steps");
    Hash256 hash = leaf_hash(path, proof.value);
    for (std::size_t i = 0; i < proof.path.size(); ++i) {
        const ProofStep& step = proof.path[i];
        if (step.sibling_on_left != path_bit(path, proof.path.size() - 1 - i))
            return failure("a proof step is on the wrong side of its key");
        hash =
            step.sibling_on_left ? inner_hash(step.sibling, hash) : inner_hash(hash, step.sibling);
    }
    if (hash != root) return failure("the proof leads to another root");
    return {};
}

// True where nothing lies further out than the leaf, on the left or on the right, below the last
// `steps` steps.
bool at_edge(const LeafProof& proof, std::size_t steps, bool left_edge) {
    return std::all_of(proof.path.begin(), proof.path.begin() + static_cast<std::ptrdiff_t>(steps),
                       [left_edge](const ProofStep& step) {
                           return step.sibling_on_left != left_edge || step.sibling == kEmptyTree;
                       });
}

bool are_neighbours(const LeafProof& left, const LeafProof& right) {
    std::size_t left_steps = left.path.size();
    std::size_t right_steps = right.path.size();
    while (left_steps > 0 && right_steps > 0 &&
           left.path[left_steps - 1].sibling_on_left ==
               right.path[right_steps - 1].sibling_on_left) {
        --left_steps;
        --right_steps;
    }
    if (left_steps == 0 || right_steps == 0) return false;
    if (left.path[left_steps - 1].sibling_on_left) return false;
    return at_edge(left, left_steps - 1, false) && at_edge(right, right_steps - 1, true);
}

Result<void> verify_absence(const Hash256& root, ByteView key, const StateProof& proof) {
    const TreePath path = path_of(key);
    if (!proof.left && !proof.right) {
        if (root != kEmptyTree) return failure("the proof names no neighbour of an absent key");
        return {};
    }
    if (proof.left) {
        if (auto checked = verify_leaf(root, *proof.left); !checked) return checked;
        if (path_of(proof.left->key) >= path) return failure("the left neighbour is not left");
    }
    if (proof.right) {
        if (auto checked = verify_leaf(root, *proof.right); !checked) return checked;
        if (path_of(proof.right->key) <= path) return failure("the right neighbour is not right");
    }
    const bool adjacent = proof.left && proof.right ? are_neighbours(*proof.left, *proof.right)
                          : proof.left ? at_edge(*proof.left, proof.left->path.size(), false)
                                       : at_edge(*proof.right, proof.right->path.size(), true);
    if (!adjacent) return failure("there is room for a record between the neighbours");
    return {};
}

}  // namespace

Result<void> verify_proof(const Hash256& root, ByteView key, std::optional<ByteView> value,
                          const StateProof& proof) {
    const auto same = [](ByteView a, ByteView b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    };
    if (!same(proof.key, key)) return failure("the proof is of another key");
    if (!value) {
        if (proof.leaf) return failure("the proof shows a value for an absent key");
        return verify_absence(root, key, proof);
    }
    if (!proof.leaf) return failure("the proof shows no value");
    if (proof.left || proof.right) return failure("the proof shows both presence and absence");
    if (!same(proof.leaf->key, key)) return failure("the proven record has another key");
    if (!same(proof.leaf->value, committed_value(*value)))
        return failure("the proven record has another value");
    return verify_leaf(root, *proof.leaf);
}

}  // namespace assay
