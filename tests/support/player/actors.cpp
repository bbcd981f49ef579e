// Keys from names.
#include "tests/support/player/actors.hpp"

#include <map>
#include <string>

#include "chain/crypto/hash.hpp"
#include "modules/staking/stake.hpp"

namespace assay::test {

namespace {

std::vector<KeyPair> pairs_of(const std::string& kind, std::uint8_t count) {
    std::vector<KeyPair> out;
    for (std::uint8_t i = 0; i < count; ++i) {
        const auto secret =
            crypto::secret_key_from(sha256(view_of(kind + " " + std::to_string(i))));
        const auto key = crypto::public_key_of(secret.value());
        out.push_back({.secret = *secret,
                       .compressed = key.value().compressed(),
                       .address = crypto::address_of(*key)});
    }
    return out;
}

}  // namespace

const KeyPair& actor_keys(std::uint8_t number) {
    static const auto all = pairs_of("actor", kActors);
    return all.at(number);
}

const KeyPair& consensus_keys(std::uint8_t number) {
    static const auto all = pairs_of("validator", kConsensusKeys);
    return all.at(number);
}

const KeyPair& vrf_keys(std::uint8_t number) {
    static const auto all = pairs_of("vrf", kVrfKeys);
    return all.at(number);
}

const Address& actor(std::uint8_t number) {
    return actor_keys(number).address;
}

std::uint8_t actor_number(const Address& address) {
    for (std::uint8_t i = 0; i < kActors; ++i)
        if (actor(i) == address) return i;
    return kActors;
}

std::vector<Address> all_actors() {
    std::vector<Address> out;
    for (std::uint8_t i = 0; i < kActors; ++i) out.push_back(actor(i));
    return out;
}

const staking::Consensus& consensus_address(std::uint8_t number) {
    static const auto all = [] {
        std::vector<staking::Consensus> out;
        for (std::uint8_t i = 0; i < kConsensusKeys; ++i)
            out.push_back(staking::consensus_of(consensus_keys(i).compressed));
        return out;
    }();
    return all.at(number);
}

}  // namespace assay::test
