// How items are hashed.
#include "modules/market/leaf.hpp"

#include "chain/crypto/hash.hpp"

namespace assay::market {

Bytes leaf_data(const Leaf& leaf) {
    return record::encode(leaf);
}

Hash256 content_id(ByteView content) {
    return sha256(content);
}

Hash256 payload_hash(const Hash256& salt, ByteView payload) {
    Sha256 hash;
    hash.update(view_of(std::string_view("assay/payload/1")));
    hash.update(salt);
    hash.update(payload);
    return hash.finish();
}

}  // namespace assay::market
