// Owns the hash functions of the chain: SHA-256, Keccak-256, RIPEMD-160.
#pragma once

#include "chain/types/ids.hpp"

namespace assay {

// FIPS 180-4.
Hash256 sha256(ByteView data);
// The original Keccak padding, as Ethereum uses it (not FIPS 202 SHA3).
Hash256 keccak256(ByteView data);
FixedBytes<20> ripemd160(ByteView data);

// SHA-256 over data that arrives in parts. finish() starts anew. Allocates nothing.
class Sha256 {
  public:
    Sha256();
    Sha256(const Sha256& other);
    Sha256& operator=(const Sha256& other);
    ~Sha256();
    void update(ByteView data);
    Hash256 finish();

  private:
    alignas(16) std::array<std::byte, 384> storage_;  // a CryptoPP::SHA256
};

// Keccak-256 over data that arrives in parts. finish() starts anew. Allocates nothing.
class Keccak256 {
  public:
    Keccak256();
    Keccak256(const Keccak256& other);
    Keccak256& operator=(const Keccak256& other);
    ~Keccak256();
    void update(ByteView data);
    Hash256 finish();

  private:
    alignas(16) std::array<std::byte, 288> storage_;  // a CryptoPP::Keccak_256
};

}  // namespace assay
