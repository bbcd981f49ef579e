// Owns who plays: people with keys, and the keys that validators may have.
#pragma once

#include "chain/crypto/secp256k1.hpp"
#include "modules/staking/objects.hpp"

namespace assay::test {

inline constexpr std::uint8_t kActors = 12;
// Keys of consensus, of which the first are validators from genesis, operated by the actor of the
// same number.
inline constexpr std::uint8_t kConsensusKeys = 7;
inline constexpr std::uint8_t kGenesisValidators = 4;

struct KeyPair {
    crypto::SecretKey secret;
    FixedBytes<33> compressed;
    Address address;
};

// Made once a process.
const KeyPair& actor_keys(std::uint8_t number);
const KeyPair& consensus_keys(std::uint8_t number);
const KeyPair& vrf_keys(std::uint8_t number);
inline constexpr std::uint8_t kVrfKeys = 4;

const Address& actor(std::uint8_t number);
// 0..kActors-1; kActors where the address is nobody's.
std::uint8_t actor_number(const Address& address);
std::vector<Address> all_actors();
const staking::Consensus& consensus_address(std::uint8_t number);

}  // namespace assay::test
