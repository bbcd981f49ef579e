// The verifiable random function against published vectors, and against whoever wants two outputs.
#include "chain/crypto/ecvrf.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/crypto/hash.hpp"
#include "tests/support/vectors.hpp"

namespace assay::ecvrf {

namespace {

crypto::SecretKey numbered_key(std::uint64_t number) {
    return *crypto::secret_key_from(sha256(view_of("vrf key " + std::to_string(number))));
}

PublicKey public_of(const crypto::SecretKey& key) {
    return crypto::public_key_of(key)->compressed();
}

struct Made {
    crypto::SecretKey key = numbered_key(1);
    PublicKey public_key = public_of(key);
    Bytes alpha = to_bytes(view_of("the input"));
    Proof proof = prove(key, alpha);
};

// Big-endian field prime and group order (SEC 2, 2.4.1).
constexpr const char* kPrime = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";
constexpr const char* kOrder = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

// How many vectors of that list were made again.
std::size_t reproduced(const char* list) {
    const auto vectors = test::load_vectors("ecvrf");
    std::size_t seen = 0;
    for (const auto& vector : vectors[list].GetArray()) {
        const auto key = *crypto::secret_key_from(test::bytes_at(vector, "secret"));
        const Bytes alpha = test::bytes_at(vector, "alpha");
        const Bytes proof = test::bytes_at(vector, "proof");
        const auto beta = test::fixed_at<32>(vector, "beta");
        BOOST_TEST((to_bytes(public_of(key)) == test::bytes_at(vector, "publicKey")));
        BOOST_TEST((to_bytes(prove(key, alpha)) == proof));
        BOOST_TEST((verify(public_of(key), alpha, proof).value() == beta));
        BOOST_TEST((proof_to_hash(proof).value() == beta));
        ++seen;
    }
    return seen;
}

}  // namespace

BOOST_AUTO_TEST_CASE(published_proofs_are_reproduced_byte_for_byte) {
    BOOST_TEST(reproduced("proofs") == 45u);
}

BOOST_AUTO_TEST_CASE(a_second_implementation_makes_the_same_proofs) {
    BOOST_TEST(reproduced("second") == 54u);
}

BOOST_AUTO_TEST_CASE(any_key_and_input_verify_and_only_together) {
    for (std::uint64_t i = 0; i < 100; ++i) {
        const auto key = numbered_key(i);
        const Bytes alpha(i, static_cast<std::uint8_t>(i));
        const Proof proof = prove(key, alpha);
        const auto beta = verify(public_of(key), alpha, proof);
        BOOST_REQUIRE(beta.has_value());
        BOOST_TEST((*beta == proof_to_hash(proof).value()));
        BOOST_TEST((proof == prove(key, alpha)));
        Bytes longer = alpha;
        longer.push_back(0);
        BOOST_TEST(!verify(public_of(key), longer, proof));
        BOOST_TEST(!verify(public_of(numbered_key(i + 1)), alpha, proof));
    }
}

BOOST_FIXTURE_TEST_CASE(every_flipped_bit_of_a_proof_fails, Made) {
    BOOST_REQUIRE(verify(public_key, alpha, proof).has_value());
    for (std::size_t bit = 0; bit < 8 * Proof::kSize; ++bit) {
        Proof broken = proof;
        broken.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        BOOST_TEST(!verify(public_key, alpha, broken), "bit " << bit);
    }
    for (std::size_t bit = 0; bit < 8 * PublicKey::kSize; ++bit) {
        PublicKey other = public_key;
        other.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        BOOST_TEST(!verify(other, alpha, proof), "bit " << bit << " of the key");
    }
}

BOOST_FIXTURE_TEST_CASE(a_proof_has_one_length_and_one_encoding, Made) {
    for (std::size_t size = 0; size < Proof::kSize; ++size)
        BOOST_TEST(!verify(public_key, alpha, ByteView(proof).first(size)));
    Bytes longer = to_bytes(proof);
    longer.push_back(0);
    BOOST_TEST(!verify(public_key, alpha, longer));
    BOOST_TEST(!proof_to_hash(longer));
    BOOST_TEST(!verify(crypto::public_key_of(key)->uncompressed(), alpha, proof));
    BOOST_TEST(!verify(Bytes(33, 0), alpha, proof));
    BOOST_TEST(!verify({}, alpha, proof));
}

BOOST_FIXTURE_TEST_CASE(scalars_and_coordinates_out_of_range_are_refused, Made) {
    const auto with = [&](std::size_t at, const Bytes& bytes) {
        Proof out = proof;
        std::copy(bytes.begin(), bytes.end(), out.bytes.begin() + static_cast<long>(at));
        return out;
    };
    for (const Proof& broken :
         {with(1, *from_hex(kPrime)), with(1, Bytes(32, 0xff)), with(0, Bytes(33, 0)),
          with(33, Bytes(16, 0)), with(49, Bytes(32, 0)), with(49, *from_hex(kOrder)),
          with(49, Bytes(32, 0xff))}) {
        BOOST_TEST(!verify(public_key, alpha, broken));
        BOOST_TEST(!proof_to_hash(broken));
    }
}

// s + n is s for who reduces it: the malleability that a strict range forbids.
BOOST_AUTO_TEST_CASE(a_small_s_has_no_second_form) {
    const Bytes order = *from_hex(kOrder);
    Made made;
    Proof malleable = made.proof;
    unsigned carry = 0;
    for (std::size_t i = 32; i-- > 0;) {
        carry += static_cast<unsigned>(made.proof.bytes[49 + i]) + order[i];
        malleable.bytes[49 + i] = static_cast<std::uint8_t>(carry);
        carry >>= 8U;
    }
    BOOST_TEST(!verify(made.public_key, made.alpha, malleable));
}

// The holder of the key can make Gamma another point, but no proof for it.
BOOST_FIXTURE_TEST_CASE(the_holder_of_the_key_has_one_output, Made) {
    const Proof other = prove(key, view_of("another input"));
    Proof mixed = proof;
    std::copy_n(other.begin(), 33, mixed.bytes.begin());
    BOOST_TEST(!verify(public_key, alpha, mixed));
    Proof negated = proof;
    negated.bytes[0] ^= 1;
    BOOST_TEST(!verify(public_key, alpha, negated));
}

}  // namespace assay::ecvrf
