// Owns ECDSA over secp256k1: keys, recoverable signatures as Ethereum uses them, compact ones as
// votes do.
#pragma once

#include "chain/base/result.hpp"
#include "chain/types/ids.hpp"

namespace assay::crypto {

// A private scalar; wiped when it goes out of scope. Valid when not zero and below the group order.
struct SecretKey {
    FixedBytes<32> bytes;
    SecretKey() = default;
    explicit SecretKey(const FixedBytes<32>& scalar) : bytes(scalar) {}
    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;
    ~SecretKey();
    bool is_valid() const;
};

// A curve point, checked when it was made. Held uncompressed so that no use pays a square root.
class PublicKey {
  public:
    // Takes 33 (compressed) or 65 (uncompressed) bytes in SEC 1 form.
    static Result<PublicKey> parse(ByteView encoded);
    FixedBytes<33> compressed() const;
    const FixedBytes<65>& uncompressed() const { return encoded_; }
    friend bool operator==(const PublicKey&, const PublicKey&) = default;

  private:
    FixedBytes<65> encoded_;
};

// Big-endian r and s; s is in the lower half of the order (EIP-2). recovery_id is the parity, 0 or
// 1 (2 and 3 stand for an r above the order, which Ethereum cannot express).
struct RecoverableSignature {
    FixedBytes<32> r;
    FixedBytes<32> s;
    std::uint8_t recovery_id = 0;
    friend bool operator==(const RecoverableSignature&, const RecoverableSignature&) = default;
};

// True for 0 < scalar < n, the group order.
bool is_scalar(const FixedBytes<32>& scalar);
// True for 0 < s <= n/2.
bool is_low_s(const FixedBytes<32>& s);

// Refuses an invalid scalar.
Result<SecretKey> secret_key_from(ByteView bytes);
Result<PublicKey> public_key_of(const SecretKey& key);
// Scalar plus tweak modulo the order (BIP-32 child keys); refuses a tweak out of range or a zero
// sum.
Result<SecretKey> add_tweak(const SecretKey& key, const Hash256& tweak);

// Deterministic (RFC 6979), low-S. The key must be valid.
RecoverableSignature sign_recoverable(const SecretKey& key, const Hash256& digest);
FixedBytes<64> sign_compact(const SecretKey& key, const Hash256& digest);
// r || s; false for a high s.
bool verify_compact(const PublicKey& key, const Hash256& digest, const FixedBytes<64>& signature);
// Refuses r or s out of range, a high s, a recovery id above 1 and a point that does not exist.
Result<PublicKey> recover(const Hash256& digest, const RecoverableSignature& signature);

// The last 20 bytes of the keccak of the point.
Address address_of(const PublicKey& key);

}  // namespace assay::crypto
