// Crypto++ key derivation and the operating system's entropy.
#include "chain/crypto/kdf.hpp"

#include <algorithm>
#include <bit>
#include <cryptopp/aes.h>
#include <cryptopp/hmac.h>
#include <cryptopp/modes.h>
#include <cryptopp/pwdbased.h>
#include <cryptopp/scrypt.h>
#include <cryptopp/sha.h>
#include <unistd.h>

namespace assay::crypto {

namespace {

constexpr std::uint64_t kMaxScryptBytes = 1ULL << 30;

template <class Hash>
Bytes pbkdf2(ByteView pass, ByteView salt, std::uint32_t iterations, std::size_t length) {
    CHECK(iterations > 0 && length > 0);
    Bytes out(length);
    CryptoPP::PKCS5_PBKDF2_HMAC<Hash> algorithm;
    algorithm.DeriveKey(out.data(), out.size(), 0, pass.data(), pass.size(), salt.data(),
                        salt.size(), iterations);
    return out;
}

}  // namespace

FixedBytes<64> hmac_sha512(ByteView key, ByteView data) {
    FixedBytes<64> out;
    CryptoPP::HMAC<CryptoPP::SHA512> algorithm(key.data(), key.size());
    algorithm.Update(data.data(), data.size());
    algorithm.Final(out.data());
    return out;
}

Bytes pbkdf2_hmac_sha512(ByteView pass, ByteView salt, std::uint32_t iterations,
                         std::size_t length) {
    return pbkdf2<CryptoPP::SHA512>(pass, salt, iterations, length);
}

Bytes pbkdf2_hmac_sha256(ByteView pass, ByteView salt, std::uint32_t iterations,
                         std::size_t length) {
    return pbkdf2<CryptoPP::SHA256>(pass, salt, iterations, length);
}

bool scrypt_accepts(std::uint64_t n, std::uint32_t r, std::uint32_t p) {
    if (n < 2 || !std::has_single_bit(n) || r == 0 || p == 0) return false;
    if (static_cast<std::uint64_t>(r) * p >= 1ULL << 30) return false;
    return n <= kMaxScryptBytes / 128 / r && p <= kMaxScryptBytes / 128 / r;
}

Bytes scrypt(ByteView pass, ByteView salt, std::uint64_t n, std::uint32_t r, std::uint32_t p,
             std::size_t length) {
    CHECK(scrypt_accepts(n, r, p) && length > 0);
    Bytes out(length);
    CryptoPP::Scrypt algorithm;
    algorithm.DeriveKey(out.data(), out.size(), pass.data(), pass.size(), salt.data(), salt.size(),
                        n, r, p);
    return out;
}

Bytes aes128_ctr(const FixedBytes<16>& key, const FixedBytes<16>& iv, ByteView data) {
    Bytes out(data.size());
    CryptoPP::CTR_Mode<CryptoPP::AES>::Encryption algorithm(key.data(), key.size(), iv.data());
    algorithm.ProcessData(out.data(), data.data(), data.size());
    return out;
}

Bytes random_bytes(std::size_t count) {
    constexpr std::size_t kMostAtOnce = 256;  // getentropy(3)
    Bytes out(count);
    for (std::size_t at = 0; at < count; at += kMostAtOnce)
        CHECK(getentropy(out.data() + at, std::min(kMostAtOnce, count - at)) == 0);
    return out;
}

Hash256 random_hash() {
    Hash256 out;
    const Bytes bytes = random_bytes(out.bytes.size());
    std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
    return out;
}

}  // namespace assay::crypto
