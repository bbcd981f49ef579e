// Leaves of the results tree and HashedParams.
#include "consensus/types/results.hpp"

#include "chain/crypto/hash.hpp"

namespace assay::consensus {

void ResultsHasher::add(std::uint32_t code, ByteView data, std::int64_t gas_wanted,
                        std::int64_t gas_used) {
    protobuf::Writer leaf;
    leaf.varint(1, code);
    leaf.bytes(2, data);
    leaf.integer(5, gas_wanted);
    leaf.integer(6, gas_used);
    tree_.add(leaf.view());
}

Hash256 BlockParams::hash() const {
    protobuf::Writer out;
    out.integer(1, max_bytes);
    out.integer(2, max_gas);
    return sha256(out.view());
}

}  // namespace assay::consensus
