// Addresses, signatures and the wire form of validator keys.
#include "consensus/types/keys.hpp"

#include "chain/crypto/hash.hpp"

namespace assay::consensus {

ConsensusAddress consensus_address(const ValidatorKey& key) {
    return ripemd160(sha256(key));
}

ValidatorSignature sign_message(const crypto::SecretKey& key, ByteView message) {
    return crypto::sign_compact(key, sha256(message));
}

bool verify_message(const ValidatorKey& key, ByteView message,
                    const ValidatorSignature& signature) {
    const auto point = crypto::PublicKey::parse(key);
    return point && crypto::verify_compact(*point, sha256(message), signature);
}

void write_key(protobuf::Writer& out, std::uint32_t field, const ValidatorKey& key) {
    out.message(field, [&](protobuf::Writer& inner) { inner.element(2, key); });
}

ValidatorKey read_key(protobuf::Reader& in, std::uint32_t field) {
    ValidatorKey out;
    in.message(field, [&](protobuf::Reader& inner) { out = inner.fixed<33>(2); });
    return out;
}

}  // namespace assay::consensus
