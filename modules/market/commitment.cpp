// How a commitment is made of what it binds.
#include "modules/market/commitment.hpp"

#include "chain/codec/record.hpp"
#include "chain/crypto/hash.hpp"

namespace assay::market {

Hash256 commitment_of(const CommitmentPreimage& preimage) {
    const std::string_view tag = "assay/commit/1";
    Bytes out(tag.begin(), tag.end());
    record::encode_into(out, preimage.chain_id);
    record::encode_into(out, preimage.order);
    record::encode_into(out, preimage.contributor);
    record::encode_into(out, preimage.item_count);
    record::encode_into(out, preimage.root);
    record::encode_into(out, preimage.ciphertext_root);
    record::encode_into(out, preimage.key_hash);
    record::encode_into(out, preimage.salt);
    return sha256(out);
}

}  // namespace assay::market
