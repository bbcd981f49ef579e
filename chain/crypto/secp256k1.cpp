// libsecp256k1 behind the chain's own types.
#include "chain/crypto/secp256k1.hpp"

#include <memory>
#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <string.h>

#include "chain/crypto/curve_context.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/crypto/kdf.hpp"

namespace assay::crypto {

namespace {

// n/2.
constexpr FixedBytes<32> kHalfOrder{{0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                     0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4, 0x50, 0x1d,
                                     0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0}};

struct ContextDeleter {
    void operator()(secp256k1_context* context) const { secp256k1_context_destroy(context); }
};

const secp256k1_context* context() {
    return curve_context();
}

FixedBytes<65> serialize(const secp256k1_pubkey& point) {
    FixedBytes<65> out;
    std::size_t size = out.size();
    secp256k1_ec_pubkey_serialize(context(), out.data(), &size, &point, SECP256K1_EC_UNCOMPRESSED);
    return out;
}

PublicKey key_of(const secp256k1_pubkey& point) {
    return *PublicKey::parse(serialize(point));
}

}  // namespace

const secp256k1_context* curve_context() {
    static const auto instance = [] {
        std::unique_ptr<secp256k1_context, ContextDeleter> made(
            secp256k1_context_create(SECP256K1_CONTEXT_SIGN | SECP256K1_CONTEXT_VERIFY));
        const Bytes seed = random_bytes(32);
        CHECK(secp256k1_context_randomize(made.get(), seed.data()) == 1);
        return made;
    }();
    return instance.get();
}

SecretKey::~SecretKey() {
    explicit_bzero(bytes.data(), bytes.size());
}
bool SecretKey::is_valid() const {
    return is_scalar(bytes);
}

bool is_scalar(const FixedBytes<32>& scalar) {
    return !scalar.is_zero() && scalar < kGroupOrder;
}
bool is_low_s(const FixedBytes<32>& s) {
    return !s.is_zero() && s <= kHalfOrder;
}

Result<PublicKey> PublicKey::parse(ByteView encoded) {
    if (encoded.size() != 33 && encoded.size() != 65)
        return failure("public key has " + std::to_string(encoded.size()) +
                       " bytes, expected 33 or 65");
    const bool hybrid = encoded.size() == 65 && encoded[0] != 0x04;
    secp256k1_pubkey point;
    if (hybrid || secp256k1_ec_pubkey_parse(context(), &point, encoded.data(), encoded.size()) != 1)
        return failure("public key is not a point of secp256k1");
    PublicKey out;
    out.encoded_ = serialize(point);
    return out;
}

FixedBytes<33> PublicKey::compressed() const {
    FixedBytes<33> out;
    out.bytes[0] = static_cast<std::uint8_t>(2 + (encoded_.bytes[64] & 1));
    std::copy_n(encoded_.begin() + 1, 32, out.bytes.begin() + 1);
    return out;
}

Result<SecretKey> secret_key_from(ByteView bytes) {
    if (bytes.size() != 32)
        return failure("secret key has " + std::to_string(bytes.size()) + " bytes, expected 32");
    SecretKey out(FixedBytes<32>::from(bytes));
    if (!out.is_valid()) return failure("secret key is zero or not below the group order");
    return out;
}

Result<PublicKey> public_key_of(const SecretKey& key) {
    secp256k1_pubkey point;
    if (secp256k1_ec_pubkey_create(context(), &point, key.bytes.data()) != 1)
        return failure("secret key is zero or not below the group order");
    return key_of(point);
}

Result<SecretKey> add_tweak(const SecretKey& key, const Hash256& tweak) {
    if (!key.is_valid()) return failure("secret key is zero or not below the group order");
    SecretKey out = key;
    if (secp256k1_ec_seckey_tweak_add(context(), out.bytes.data(), tweak.data()) != 1)
        return failure("tweak is out of range");
    return out;
}

RecoverableSignature sign_recoverable(const SecretKey& key, const Hash256& digest) {
    secp256k1_ecdsa_recoverable_signature signature;
    CHECK(secp256k1_ecdsa_sign_recoverable(context(), &signature, digest.data(), key.bytes.data(),
                                           nullptr, nullptr) == 1);
    FixedBytes<64> compact;
    int recovery_id = 0;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(context(), compact.data(), &recovery_id,
                                                            &signature);
    return {.r = FixedBytes<32>::from(ByteView(compact).first(32)),
            .s = FixedBytes<32>::from(ByteView(compact).last(32)),
            .recovery_id = static_cast<std::uint8_t>(recovery_id)};
}

FixedBytes<64> sign_compact(const SecretKey& key, const Hash256& digest) {
    secp256k1_ecdsa_signature signature;
    CHECK(secp256k1_ecdsa_sign(context(), &signature, digest.data(), key.bytes.data(), nullptr,
                               nullptr) == 1);
    FixedBytes<64> out;
    secp256k1_ecdsa_signature_serialize_compact(context(), out.data(), &signature);
    return out;
}

bool verify_compact(const PublicKey& key, const Hash256& digest, const FixedBytes<64>& signature) {
    secp256k1_pubkey point;
    const ByteView encoded = key.uncompressed();
    if (secp256k1_ec_pubkey_parse(context(), &point, encoded.data(), encoded.size()) != 1)
        return false;
    secp256k1_ecdsa_signature parsed;
    if (secp256k1_ecdsa_signature_parse_compact(context(), &parsed, signature.data()) != 1)
        return false;
    return secp256k1_ecdsa_verify(context(), &parsed, digest.data(), &point) == 1;
}

Result<PublicKey> recover(const Hash256& digest, const RecoverableSignature& signature) {
    if (!is_scalar(signature.r)) return failure("r is out of range");
    if (!is_low_s(signature.s)) return failure("s is not in the lower half of the order (EIP-2)");
    if (signature.recovery_id > 1) return failure("recovery id is neither 0 nor 1");
    FixedBytes<64> compact;
    std::copy(signature.r.begin(), signature.r.end(), compact.bytes.begin());
    std::copy(signature.s.begin(), signature.s.end(), compact.bytes.begin() + 32);
    secp256k1_ecdsa_recoverable_signature parsed;
    if (secp256k1_ecdsa_recoverable_signature_parse_compact(context(), &parsed, compact.data(),
                                                            signature.recovery_id) != 1)
        return failure("r or s is out of range");
    secp256k1_pubkey point;
    if (secp256k1_ecdsa_recover(context(), &point, &parsed, digest.data()) != 1)
        return failure("no public key matches the signature");
    return key_of(point);
}

Address address_of(const PublicKey& key) {
    const Hash256 hash = keccak256(ByteView(key.uncompressed()).subspan(1));
    return Address::from(ByteView(hash).last(20));
}

}  // namespace assay::crypto
