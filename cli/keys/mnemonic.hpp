// Owns BIP-39: twelve to twenty-four English words that stand for entropy, and their seed.
#pragma once

#include <string>
#include <vector>

#include "chain/base/bytes.hpp"

namespace assay::cli {

// The 2048 English words in order. CHECKs the SHA-256 of the published list.
const std::vector<std::string>& mnemonic_words();

// 16, 20, 24, 28 or 32 bytes become 12, 15, 18, 21 or 24 words.
Result<std::string> mnemonic_of(ByteView entropy);
// The inverse. Words may be in any case and apart by any white space; a word that is not in the
// list is named with its place, and a wrong checksum is refused.
Result<Bytes> entropy_of(std::string_view phrase);
// 64 bytes; the phrase must be valid. A passphrase outside ASCII is refused: it would need Unicode
// normalization (NFKD), and a wallet that normalizes otherwise would derive other keys.
Result<FixedBytes<64>> seed_of(std::string_view phrase, std::string_view passphrase);

}  // namespace assay::cli
