// Owns the 2048-bit log filter of Ethereum blocks and receipts (Yellow Paper, section 4.3.1).
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <vector>

#include "chain/types/log.hpp"

namespace assay {

using Bloom = FixedBytes<256>;

void add_to_bloom(Bloom& bloom, ByteView item);
Bloom bloom_of(const std::vector<Log>& logs);
// The same filters for many receipts, hashing an address or topic that recurs once. Lives for a
// block: it forgets nothing.
class BloomMaker {
  public:
    Bloom bloom_of(const std::vector<Log>& logs);

  private:
    using Places = std::array<std::uint16_t, 3>;  // bits set by an item
    boost::unordered_flat_map<Address, Places, FixedBytesHash> addresses_;
    boost::unordered_flat_map<Hash256, Places, FixedBytesHash> topics_;
};

void merge_bloom(Bloom& bloom, const Bloom& other);
// False when the item is certainly in none of the logs.
bool may_contain(const Bloom& bloom, ByteView item);

}  // namespace assay
