// Owns the two hashes over what the application decides: results and consensus parameters.
#pragma once

#include "chain/crypto/rfc6962.hpp"
#include "consensus/types/wire.hpp"

namespace assay::consensus {

// Builds last_results_hash: the root over {code, data, gas wanted, gas used} of each transaction.
class ResultsHasher {
  public:
    void add(std::uint32_t code, ByteView data, std::int64_t gas_wanted, std::int64_t gas_used);
    Hash256 root() const { return tree_.root(); }

  private:
    rfc6962::RootBuilder tree_;
};

// The part of the consensus parameters that consensus_hash covers.
struct BlockParams {
    std::int64_t max_bytes = 4'194'304;  // of an encoded block
    std::int64_t max_gas = -1;           // -1: no limit
    Hash256 hash() const;
};

}  // namespace assay::consensus
