// Owns the root of Ethereum's transaction and receipt tries: rlp(index) -> bytes (Yellow Paper, D).
#pragma once

#include <vector>

#include "chain/types/ids.hpp"

namespace assay {

// Keccak root of the Merkle Patricia trie that maps rlp(i) to values[i]; the empty root for none.
Hash256 ordered_trie_root(const std::vector<Bytes>& values);

// keccak(rlp("")), the root of a trie without entries.
extern const Hash256 kEmptyTrieRoot;
// keccak(rlp([])), the hash of a block without uncles.
extern const Hash256 kEmptyUnclesHash;

}  // namespace assay
