// Ideal signatures: the linker puts these in the place of sign_message() and verify_message()
// (--wrap). A signature is a hash over key and message, which nobody in the simulation can make
// without asking for it: what takes a hundred times longer changes nothing that is tested here.
#include "tests/simulation/keys.hpp"

#include <deque>
#include <map>

#include "chain/crypto/hash.hpp"

namespace assay::simulation {

namespace {

constexpr std::size_t kKeys = 64;

const std::deque<Key>& keys() {
    static const std::deque<Key> all = [] {
        std::deque<Key> out;
        for (std::size_t i = 0; i < kKeys; ++i) {
            FixedBytes<32> scalar;
            scalar.bytes[31] = static_cast<std::uint8_t>(i + 1);
            const crypto::SecretKey secret(scalar);
            const auto key = crypto::public_key_of(secret).value().compressed();
            out.push_back({secret, key, consensus::consensus_address(key)});
        }
        return out;
    }();
    return all;
}

consensus::ValidatorSignature ideal_signature(const consensus::ValidatorKey& key,
                                              ByteView message) {
    Sha256 hasher;
    hasher.update(key);
    hasher.update(message);
    const Hash256 digest = hasher.finish();
    consensus::ValidatorSignature out;
    std::copy(digest.begin(), digest.end(), out.bytes.begin());
    std::copy(digest.begin(), digest.end(), out.bytes.begin() + 32);
    return out;
}

}  // namespace

const Key& key_of(std::size_t number) {
    return keys().at(number);
}

// The names that the linker gives to calls of the wrapped functions.
// clang-format off
consensus::ValidatorSignature sign_ideally(const crypto::SecretKey& key, ByteView message) asm(
    "__wrap__ZN5assay9consensus12sign_messageERKNS_6crypto9SecretKeyE"
    "St4spanIKhLm18446744073709551615EE");
bool verify_ideally(const consensus::ValidatorKey& key, ByteView message,
                    const consensus::ValidatorSignature& signature) asm(
    "__wrap__ZN5assay9consensus14verify_messageERKNS_10FixedBytesILm33EEE"
    "St4spanIKhLm18446744073709551615EERKNS1_ILm64EEE");
// clang-format on

consensus::ValidatorSignature sign_ideally(const crypto::SecretKey& key, ByteView message) {
    for (const Key& known : keys())
        if (known.secret.bytes == key.bytes) return ideal_signature(known.public_key, message);
    constexpr bool kMadeBySimulation = false;
    CHECK(kMadeBySimulation);
    return {};
}

bool verify_ideally(const consensus::ValidatorKey& key, ByteView message,
                    const consensus::ValidatorSignature& signature) {
    return ideal_signature(key, message) == signature;
}

}  // namespace assay::simulation
