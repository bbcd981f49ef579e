// Owns the keys of simulated validators and the ideal signatures that they make.
#pragma once

#include "consensus/types/keys.hpp"

namespace assay::simulation {

struct Key {
    crypto::SecretKey secret;
    consensus::ValidatorKey public_key;
    consensus::ConsensusAddress address;
};

// The same key for the same number in every run.
const Key& key_of(std::size_t number);

}  // namespace assay::simulation
