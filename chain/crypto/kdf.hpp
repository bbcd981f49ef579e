// Owns what wallets need beside ECDSA: key derivation, HMAC, AES-CTR and the machine's entropy.
// Nothing here is part of consensus.
#pragma once

#include "chain/types/ids.hpp"

namespace assay::crypto {

FixedBytes<64> hmac_sha512(ByteView key, ByteView data);

// RFC 8018. `iterations` and `length` must be at least 1.
Bytes pbkdf2_hmac_sha512(ByteView pass, ByteView salt, std::uint32_t iterations,
                         std::size_t length);
Bytes pbkdf2_hmac_sha256(ByteView pass, ByteView salt, std::uint32_t iterations,
                         std::size_t length);

// True for what scrypt() takes: n a power of two above 1, r and p at least 1, r * p below 2^30, and
// at most 1 GiB of memory (128 * n * r bytes). Ask first where the numbers come from a file.
bool scrypt_accepts(std::uint64_t n, std::uint32_t r, std::uint32_t p);
// RFC 7914.
Bytes scrypt(ByteView pass, ByteView salt, std::uint64_t n, std::uint32_t r, std::uint32_t p,
             std::size_t length);

// AES-128 in counter mode over a 128-bit big-endian counter; its own inverse.
Bytes aes128_ctr(const FixedBytes<16>& key, const FixedBytes<16>& iv, ByteView data);

// Entropy of the operating system, for keys and nonces only: never call it in chain or module
// rules.
Bytes random_bytes(std::size_t count);
// 32 bytes of it: a salt or a secret.
Hash256 random_hash();

}  // namespace assay::crypto
