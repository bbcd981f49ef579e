// Owns KeyBook: the public keys of senders whose signatures were recovered lately.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <mutex>
#include <optional>

#include "chain/crypto/secp256k1.hpp"

namespace assay {

// Thread-safe. Holds up to twice `capacity` keys: as many were learned or asked for last, and those
// before them.
class KeyBook {
  public:
    explicit KeyBook(std::size_t capacity) : capacity_(capacity) {}

    // The caller has derived the address from the key.
    void learn(const Address& address, const crypto::PublicKey& key);
    std::optional<crypto::PublicKey> find(const Address& address);
    std::size_t size() const;

  private:
    using Keys = boost::unordered_flat_map<Address, crypto::PublicKey, FixedBytesHash>;

    void keep(const Address& address, const crypto::PublicKey& key);

    std::size_t capacity_;
    mutable std::mutex mutex_;
    Keys young_;
    Keys old_;
};

}  // namespace assay
