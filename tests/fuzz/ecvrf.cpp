// Fuzzes the decoder and verifier of VRF proofs: nothing but the one proof of its key and input is
// accepted, and what decodes has an output.
#include "chain/crypto/ecvrf.hpp"

#include "chain/crypto/hash.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    static const auto key = *crypto::secret_key_from(sha256(view_of("fuzzed")));
    static const auto public_key = crypto::public_key_of(key)->compressed();
    static const Bytes alpha = to_bytes(view_of("alpha"));
    static const auto expected = ecvrf::prove(key, alpha);
    static const Hash256 beta = ecvrf::verify(public_key, alpha, expected).value();
    const ByteView input(data, size);
    const auto output = ecvrf::proof_to_hash(input);
    const auto verified = ecvrf::verify(public_key, alpha, input);
    CHECK(!verified || (output && *output == *verified && *verified == beta));
    // The same bytes as a key and a proof: any point may be the key.
    if (size == ecvrf::Proof::kSize + ecvrf::PublicKey::kSize) {
        const auto any = ecvrf::verify(input.first(33), alpha, input.subspan(33));
        CHECK(!any || ecvrf::proof_to_hash(input.subspan(33)).value() == *any);
    }
    return 0;
}
