// Owns the 2048-bit log filter of Ethereum blocks and receipts (Yellow Paper, section 4.3.1).
#pragma once

#include <vector>

#include "chain/types/log.hpp"

namespace assay {

using Bloom = FixedBytes<256>;

void add_to_bloom(Bloom& bloom, ByteView item);
Bloom bloom_of(const std::vector<Log>& logs);
void merge_bloom(Bloom& bloom, const Bloom& other);
// False when the item is certainly in none of the logs.
bool may_contain(const Bloom& bloom, ByteView item);

}  // namespace assay
