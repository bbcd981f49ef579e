// Owns VrfProver: the port to whoever holds the validator's secrets of block proofs (ADR 8).
#pragma once

#include <optional>

#include "chain/crypto/ecvrf.hpp"

namespace assay::consensus {

// One output a key and input: proving twice is harmless, and nothing needs to be remembered.
class VrfProver {
  public:
    virtual ~VrfProver() = default;
    // nullopt: the secret of this key is not here.
    virtual std::optional<ecvrf::Proof> prove(const ecvrf::PublicKey& key, ByteView alpha) = 0;
};

}  // namespace assay::consensus
