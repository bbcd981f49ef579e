// Keys and signatures: known values, low-S, recovery and every refusal.
#include "chain/crypto/secp256k1.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/crypto/hash.hpp"
#include "chain/crypto/kdf.hpp"

namespace assay::crypto {

namespace {

constexpr char kOrderHex[] = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

SecretKey key_one() {
    FixedBytes<32> scalar;
    scalar.bytes[31] = 1;
    return SecretKey(scalar);
}

// n - s: the other signature of the same message.
FixedBytes<32> negated(const FixedBytes<32>& s) {
    auto out = *fixed_from_hex<32>(kOrderHex);
    int borrow = 0;
    for (std::size_t i = 32; i-- > 0;) {
        const int digit = out.bytes[i] - s.bytes[i] - borrow;
        borrow = digit < 0 ? 1 : 0;
        out.bytes[i] = static_cast<std::uint8_t>(digit & 0xff);
    }
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(key_one_is_the_generator) {
    const auto key = *public_key_of(key_one());
    BOOST_TEST(to_hex(key.compressed()) ==
               "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    BOOST_TEST(to_hex(address_of(key)) == "7e5f4552091a69125d5dfcb7b8c2659029395bdf");
    BOOST_TEST((*PublicKey::parse(key.compressed()) == key));
    BOOST_TEST((*PublicKey::parse(key.uncompressed()) == key));
}

BOOST_AUTO_TEST_CASE(signing_is_deterministic_rfc_6979) {
    const Hash256 digest = sha256(view_of("Satoshi Nakamoto"));
    const auto signature = sign_recoverable(key_one(), digest);
    BOOST_TEST(to_hex(signature.r) ==
               "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8");
    BOOST_TEST(to_hex(signature.s) ==
               "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5");
    BOOST_TEST(to_hex(sign_compact(key_one(), digest)) ==
               to_hex(signature.r) + to_hex(signature.s));
}

BOOST_AUTO_TEST_CASE(a_signature_recovers_its_signer) {
    for (std::uint8_t i = 1; i < 50; ++i) {
        const SecretKey secret(keccak256(Bytes{i}));
        const Hash256 digest = sha256(Bytes{i});
        const auto key = *public_key_of(secret);
        const auto signature = sign_recoverable(secret, digest);
        BOOST_TEST(is_low_s(signature.s));
        BOOST_TEST((*recover(digest, signature) == key));
        BOOST_TEST(verify_compact(key, digest, sign_compact(secret, digest)));
        BOOST_TEST(!verify_compact(key, sha256(digest), sign_compact(secret, digest)));
    }
}

BOOST_AUTO_TEST_CASE(a_high_s_is_refused) {
    const Hash256 digest = sha256({});
    const auto key = *public_key_of(key_one());
    auto signature = sign_recoverable(key_one(), digest);
    FixedBytes<64> compact = sign_compact(key_one(), digest);
    const auto high = negated(signature.s);
    BOOST_TEST(is_scalar(high));
    BOOST_TEST(!is_low_s(high));
    std::copy(high.begin(), high.end(), compact.bytes.begin() + 32);
    BOOST_TEST(!verify_compact(key, digest, compact));
    signature.s = high;
    signature.recovery_id ^= 1;
    BOOST_TEST(recover(digest, signature).error().message ==
               "s is not in the lower half of the order (EIP-2)");
}

BOOST_AUTO_TEST_CASE(the_lower_half_ends_at_half_the_order) {
    auto half =
        *fixed_from_hex<32>("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");
    BOOST_TEST(is_low_s(half));
    half.bytes[31] = 0xa1;
    BOOST_TEST(!is_low_s(half));
    BOOST_TEST(
        (negated(half) ==
         *fixed_from_hex<32>("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0")));
}

BOOST_AUTO_TEST_CASE(malformed_signatures_are_refused) {
    const Hash256 digest = sha256({});
    const auto good = sign_recoverable(key_one(), digest);
    const auto order = *fixed_from_hex<32>(kOrderHex);
    auto bad = good;
    bad.r = {};
    BOOST_TEST(recover(digest, bad).error().message == "r is out of range");
    bad.r = order;
    BOOST_TEST(recover(digest, bad).error().message == "r is out of range");
    bad = good;
    bad.s = {};
    BOOST_TEST(!recover(digest, bad));
    bad = good;
    bad.recovery_id = 2;
    BOOST_TEST(recover(digest, bad).error().message == "recovery id is neither 0 nor 1");
    bad = good;
    bad.r = {};
    bad.r.bytes[31] = 5;  // no point has this x
    BOOST_TEST(recover(digest, bad).error().message == "no public key matches the signature");
    BOOST_TEST(!verify_compact(*public_key_of(key_one()), digest, FixedBytes<64>{}));
}

BOOST_AUTO_TEST_CASE(keys_out_of_range_are_refused) {
    BOOST_TEST(!secret_key_from(Bytes(32)));
    BOOST_TEST(!secret_key_from(Bytes(31, 1)));
    BOOST_TEST(!secret_key_from(*from_hex(kOrderHex)));
    BOOST_TEST(secret_key_from(Bytes(32, 1)).has_value());
    BOOST_TEST(!public_key_of(SecretKey{}));
    BOOST_TEST(!PublicKey::parse({}));
    BOOST_TEST(!PublicKey::parse(Bytes(33)));
    BOOST_TEST(!PublicKey::parse(Bytes(65, 4)));
    Bytes hybrid = to_bytes(public_key_of(key_one())->uncompressed());
    hybrid[0] = 0x06;
    BOOST_TEST(!PublicKey::parse(hybrid));
}

// BIP-32, test vector 1: the master key and its first hardened child.
BOOST_AUTO_TEST_CASE(a_tweak_gives_the_bip32_child) {
    const auto master =
        hmac_sha512(view_of("Bitcoin seed"), *from_hex("000102030405060708090a0b0c0d0e0f"));
    const auto key = *secret_key_from(ByteView(master).first(32));
    BOOST_TEST(to_hex(key.bytes) ==
               "e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35");
    Bytes data = {0};
    append(data, key.bytes);
    append(data, *from_hex("80000000"));
    const auto child = hmac_sha512(ByteView(master).last(32), data);
    const auto child_key = add_tweak(key, Hash256::from(ByteView(child).first(32)));
    BOOST_TEST(to_hex(child_key->bytes) ==
               "edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0afea");
    BOOST_TEST(!add_tweak(key, *fixed_from_hex<32>(kOrderHex)));
    BOOST_TEST(!add_tweak(key, negated(key.bytes)));
    BOOST_TEST(!add_tweak(SecretKey{}, Hash256{}));
}

}  // namespace assay::crypto
