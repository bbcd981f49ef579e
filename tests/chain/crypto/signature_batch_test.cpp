// Many signatures judged together: the same verdict as recovering each, whatever is wrong.
#include "chain/crypto/signature_batch.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

#include "chain/crypto/hash.hpp"

namespace assay::crypto {

namespace {

Hash256 numbered(std::string_view what, std::uint64_t number) {
    return sha256(view_of(std::string(what) + std::to_string(number)));
}

struct Batch {
    std::vector<PublicKey> keys;
    std::vector<SignerClaim> claims;
};

Batch signed_by(std::size_t signers, std::size_t claims) {
    Batch out;
    for (std::size_t i = 0; i < signers; ++i)
        out.keys.push_back(*public_key_of(SecretKey(numbered("key", i))));
    for (std::size_t i = 0; i < claims; ++i) {
        const auto key = static_cast<std::uint32_t>(i * 7 % signers);
        const Hash256 digest = numbered("digest", i);
        out.claims.push_back(
            {.digest = digest,
             .signature = sign_recoverable(SecretKey(numbered("key", key)), digest),
             .key = key});
    }
    return out;
}

void flip_a_bit(FixedBytes<32>& bytes, std::mt19937_64& random) {
    bytes.bytes[random() % 32] ^= static_cast<std::uint8_t>(1U << random() % 8);
}

bool hold_alone(const Batch& batch) {
    for (const SignerClaim& claim : batch.claims) {
        const auto key = recover(claim.digest, claim.signature);
        if (!key || *key != batch.keys[claim.key]) return false;
    }
    return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE(true_claims_hold_together) {
    BOOST_TEST(all_hold({}, {}));
    for (const std::size_t claims : {1U, 2U, 3U, 10U, 33U, 150U, 700U})
        for (const std::size_t signers : {1U, 5U, 100U}) {
            const Batch batch = signed_by(signers, claims);
            BOOST_TEST(all_hold(batch.keys, batch.claims), claims << " by " << signers);
        }
}

BOOST_AUTO_TEST_CASE(one_false_claim_of_many_is_noticed) {
    const Batch good = signed_by(6, 40);
    std::mt19937_64 random(1);
    for (int round = 0; round < 400; ++round) {
        Batch batch = good;
        SignerClaim& claim = batch.claims[random() % batch.claims.size()];
        switch (random() % 6) {
            case 0: flip_a_bit(claim.digest, random); break;
            case 1: flip_a_bit(claim.signature.r, random); break;
            case 2: flip_a_bit(claim.signature.s, random); break;
            case 3: claim.signature.recovery_id ^= 1; break;
            case 4: claim.key = (claim.key + 1) % 6; break;
            default: claim.signature = batch.claims[random() % 40].signature; break;
        }
        BOOST_TEST(all_hold(batch.keys, batch.claims) == hold_alone(batch), "round " << round);
    }
}

// Errors that would cancel out if the claims were simply added.
BOOST_AUTO_TEST_CASE(two_false_claims_do_not_make_up_for_each_other) {
    Batch batch = signed_by(2, 16);
    std::swap(batch.claims[0].key, batch.claims[1].key);
    BOOST_TEST(!all_hold(batch.keys, batch.claims));
    batch = signed_by(1, 16);
    std::swap(batch.claims[3].digest, batch.claims[4].digest);
    BOOST_TEST(!all_hold(batch.keys, batch.claims));
    batch = signed_by(1, 16);
    std::swap(batch.claims[3].signature, batch.claims[4].signature);
    BOOST_TEST(!all_hold(batch.keys, batch.claims));
}

// Sums that meet the point at infinity, and additions of a point to itself.
BOOST_AUTO_TEST_CASE(repeated_and_opposite_points_are_added_rightly) {
    Batch batch = signed_by(1, 3);
    for (std::size_t i = 0; i < 60; ++i) batch.claims.push_back(batch.claims[i % 3]);
    BOOST_TEST(all_hold(batch.keys, batch.claims));
    // The other parity is another key's signature: the nonce's point is the opposite one.
    const SignerClaim first = batch.claims[0];
    RecoverableSignature mirrored = first.signature;
    mirrored.recovery_id ^= 1;
    batch.keys.push_back(*recover(first.digest, mirrored));
    for (int i = 0; i < 60; ++i)
        batch.claims.push_back({.digest = first.digest, .signature = mirrored, .key = 1});
    BOOST_TEST(all_hold(batch.keys, batch.claims));
    BOOST_TEST(hold_alone(batch));
    batch.claims.back().key = 0;
    BOOST_TEST(!all_hold(batch.keys, batch.claims));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_judged_is_refused) {
    const Batch good = signed_by(2, 8);
    const auto refused = [&](auto change) {
        Batch batch = good;
        change(batch.claims[5]);
        return !all_hold(batch.keys, batch.claims);
    };
    BOOST_TEST(refused([](SignerClaim& claim) { claim.key = 2; }));
    BOOST_TEST(refused([](SignerClaim& claim) { claim.signature.r = {}; }));
    BOOST_TEST(refused([](SignerClaim& claim) { claim.signature.s = {}; }));
    BOOST_TEST(refused([](SignerClaim& claim) { claim.signature.s.bytes.fill(0xff); }));
    BOOST_TEST(refused([](SignerClaim& claim) { claim.signature.r.bytes.fill(0xff); }));
    BOOST_TEST(refused([](SignerClaim& claim) { claim.signature.recovery_id = 2; }));
    BOOST_TEST(refused([](SignerClaim& claim) { claim.digest = {}; }));
    BOOST_TEST(refused([](SignerClaim& claim) { claim.digest.bytes.fill(0xff); }));
    BOOST_TEST(refused([](SignerClaim& claim) {
        claim.signature.r = {};
        claim.signature.r.bytes[31] = 5;  // no point of the curve has this x
    }));
}

}  // namespace assay::crypto
