// ECVRF by libsecp256k1's public functions; section numbers are those of RFC 9381.
#include "chain/crypto/ecvrf.hpp"

#include <array>
#include <optional>
#include <secp256k1.h>
#include <secp256k1_ecdh.h>
#include <string.h>

#include "chain/crypto/curve_context.hpp"
#include "chain/crypto/hash.hpp"

namespace assay::ecvrf {

namespace {

using crypto::curve_context;
using crypto::SecretKey;
using Point = secp256k1_pubkey;
using Compressed = FixedBytes<33>;
using Scalar = FixedBytes<32>;
using Challenge = FixedBytes<16>;

constexpr std::uint8_t kSuite = 0xfe;
enum class Domain : std::uint8_t { encode_to_curve = 1, challenge = 2, proof_to_hash = 3 };

// suite | domain, the front of every hash; its back is one zero byte.
Sha256 begin_hash(Domain domain) {
    Sha256 hash;
    hash.update(Bytes{kSuite, static_cast<std::uint8_t>(domain)});
    return hash;
}
Hash256 end_hash(Sha256& hash) {
    hash.update(Bytes{0});
    return hash.finish();
}

Compressed compressed(const Point& point) {
    Compressed out;
    std::size_t size = out.size();
    secp256k1_ec_pubkey_serialize(curve_context(), out.data(), &size, &point,
                                  SECP256K1_EC_COMPRESSED);
    return out;
}

// 33 bytes only: a proof has no second encoding.
std::optional<Point> decoded(ByteView encoded) {
    Point out;
    if (encoded.size() != Compressed::kSize ||
        secp256k1_ec_pubkey_parse(curve_context(), &out, encoded.data(), encoded.size()) != 1)
        return std::nullopt;
    return out;
}

// Section 5.4.1.1, salted with the public key. Every second try succeeds.
Point encode_to_curve(ByteView public_key, ByteView alpha) {
    for (int counter = 0; counter < 256; ++counter) {
        Sha256 hash = begin_hash(Domain::encode_to_curve);
        hash.update(public_key);
        hash.update(alpha);
        hash.update(Bytes{static_cast<std::uint8_t>(counter)});
        Bytes candidate{0x02};
        append(candidate, end_hash(hash));
        if (const auto point = decoded(candidate)) return *point;
    }
    CHECK(false);  // 256 hashes in a row are no x coordinate: 2^-256
    return {};
}

// Section 5.4.3 over Y, H, Gamma, U, V.
Challenge challenge_of(const std::array<Compressed, 5>& points) {
    Sha256 hash = begin_hash(Domain::challenge);
    for (const auto& point : points) hash.update(point);
    return Challenge::from(ByteView(end_hash(hash)).first(Challenge::kSize));
}

Scalar scalar_of(const Challenge& challenge) {
    Scalar out;
    std::copy(challenge.begin(), challenge.end(), out.bytes.begin() + 16);
    return out;
}

int copy_point(unsigned char* out, const unsigned char* x, const unsigned char* y, void*) {
    out[0] = static_cast<unsigned char>(2 + (y[31] & 1));
    std::copy_n(x, 32, out + 1);
    return 1;
}

// Secret times public point: the library's key agreement is its one multiplication of any point in
// constant time.
Compressed multiply(const Point& point, const SecretKey& scalar) {
    Compressed out;
    CHECK(secp256k1_ecdh(curve_context(), out.data(), &point, scalar.bytes.data(), copy_point,
                         nullptr) == 1);
    return out;
}

// Section 5.4.2.1. The library takes the digest whole where RFC 6979 reduces it modulo n: another
// nonce for one digest in 2^128, and no verifier can tell.
SecretKey nonce_of(const SecretKey& key, const Compressed& point) {
    const Hash256 digest = sha256(point);
    SecretKey out;
    for (unsigned attempt = 0; !out.is_valid(); ++attempt)
        CHECK(secp256k1_nonce_function_rfc6979(out.bytes.data(), digest.data(), key.bytes.data(),
                                               nullptr, nullptr, attempt) == 1);
    return out;
}

struct Decoded {
    Point gamma;
    Challenge challenge;
    Scalar s;
};

std::optional<Decoded> decode_proof(ByteView proof) {
    if (proof.size() != Proof::kSize) return std::nullopt;
    const auto gamma = decoded(proof.first(33));
    if (!gamma) return std::nullopt;
    Decoded out{.gamma = *gamma,
                .challenge = Challenge::from(proof.subspan(33, 16)),
                .s = Scalar::from(proof.last(32))};
    if (out.challenge.is_zero() || !crypto::is_scalar(out.s)) return std::nullopt;
    return out;
}

Hash256 output_of(const Point& gamma) {
    Sha256 hash = begin_hash(Domain::proof_to_hash);
    hash.update(compressed(gamma));
    return end_hash(hash);
}

// U = s*B - c*Y and V = s*H - c*Gamma; false where one is the point at infinity.
bool commitments(const Decoded& proof, const Point& key, const Point& h, Point& u, Point& v) {
    const auto* context = curve_context();
    Scalar minus_c = scalar_of(proof.challenge);
    if (secp256k1_ec_seckey_negate(context, minus_c.data()) != 1) return false;
    u = key;
    if (secp256k1_ec_pubkey_tweak_mul(context, &u, minus_c.data()) != 1 ||
        secp256k1_ec_pubkey_tweak_add(context, &u, proof.s.data()) != 1)
        return false;
    Point s_h = h;
    Point c_gamma = proof.gamma;
    if (secp256k1_ec_pubkey_tweak_mul(context, &s_h, proof.s.data()) != 1 ||
        secp256k1_ec_pubkey_tweak_mul(context, &c_gamma, minus_c.data()) != 1)
        return false;
    const Point* const terms[] = {&s_h, &c_gamma};
    return secp256k1_ec_pubkey_combine(context, &v, terms, 2) == 1;
}

}  // namespace

Proof prove(const SecretKey& key, ByteView alpha) {
    const Compressed public_key = crypto::public_key_of(key).value().compressed();
    const Point h = encode_to_curve(public_key, alpha);
    const Compressed h_encoded = compressed(h);
    const Compressed gamma = multiply(h, key);
    const SecretKey nonce = nonce_of(key, h_encoded);
    const Compressed u = crypto::public_key_of(nonce).value().compressed();
    const Challenge c = challenge_of({public_key, h_encoded, gamma, u, multiply(h, nonce)});
    SecretKey s = key;  // becomes k + c*x
    const Scalar factor = scalar_of(c);
    CHECK(secp256k1_ec_seckey_tweak_mul(curve_context(), s.bytes.data(), factor.data()) == 1);
    CHECK(secp256k1_ec_seckey_tweak_add(curve_context(), s.bytes.data(), nonce.bytes.data()) == 1);
    Proof out;
    std::copy(gamma.begin(), gamma.end(), out.bytes.begin());
    std::copy(c.begin(), c.end(), out.bytes.begin() + 33);
    std::copy(s.bytes.begin(), s.bytes.end(), out.bytes.begin() + 49);
    return out;
}

Result<Hash256> verify(ByteView public_key, ByteView alpha, ByteView proof) {
    const auto key = decoded(public_key);
    if (!key) return failure("VRF key is not a compressed point of secp256k1");
    const auto parts = decode_proof(proof);
    if (!parts) return failure("VRF proof is malformed");
    const Point h = encode_to_curve(public_key, alpha);
    Point u;
    Point v;
    if (!commitments(*parts, *key, h, u, v) ||
        challenge_of({Compressed::from(public_key), compressed(h),
                      Compressed::from(proof.first(33)), compressed(u), compressed(v)}) !=
            parts->challenge)
        return failure("VRF proof does not hold for this key and input");
    return output_of(parts->gamma);
}

Result<Hash256> proof_to_hash(ByteView proof) {
    const auto parts = decode_proof(proof);
    if (!parts) return failure("VRF proof is malformed");
    return output_of(parts->gamma);
}

}  // namespace assay::ecvrf
