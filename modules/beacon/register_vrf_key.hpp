// Owns RegisterVrfKey: a validator's operator names the key of its proofs.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/beacon/keys.hpp"

namespace assay::beacon {

// `proof` shows that the sender's validator holds the secret: it is the VRF proof of
// possession_alpha() under the key itself. Counts from the second epoch after this one; a key that
// waits already is replaced.
struct RegisterVrfKey {
    static constexpr std::uint64_t kGas = 100'000;
    Validator validator;  // consensus address
    Bytes public_key;     // 33 bytes, compressed
    Bytes proof;          // 81 bytes

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(RegisterVrfKey, (), (validator, public_key, proof))

// "assay/vrf-key/1" | chain id | validator. No beacon input begins like this.
Bytes possession_alpha(std::uint64_t chain_id, const Validator& validator);

struct VrfKeyRegistered {
    static constexpr int kIndexed = 1;
    Validator validator;
    Bytes public_key;
    std::uint64_t counts_from = 0;  // height
};
BOOST_DESCRIBE_STRUCT(VrfKeyRegistered, (), (validator, public_key, counts_from))

}  // namespace assay::beacon
