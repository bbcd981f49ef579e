// Owns a state with a beacon and validators whose VRF keys the test knows.
#pragma once

#include "chain/crypto/hash.hpp"
#include "chain/exec/executor.hpp"
#include "chain/state/memory_reader.hpp"
#include "modules/beacon/api.hpp"
#include "modules/beacon/module.hpp"
#include "modules/beacon/register_vrf_key.hpp"
#include "modules/beacon/views.hpp"
#include "modules/staking/api.hpp"
#include "modules/staking/objects.hpp"

namespace assay::test {

inline constexpr std::uint64_t kBeaconChain = 31'337;
inline constexpr std::uint64_t kEpochBlocks = 10;
inline const FixedBytes<20> kVal{{0x01, 0xaa}};
inline const FixedBytes<20> kOtherVal{{0x02, 0xbb}};
inline const Address kOperator{{0x0e}};

inline crypto::SecretKey vrf_key(std::uint64_t number) {
    return *crypto::secret_key_from(sha256(view_of("vrf " + std::to_string(number))));
}
inline ecvrf::PublicKey public_of(const crypto::SecretKey& key) {
    return crypto::public_key_of(key)->compressed();
}

// kVal holds key 1 from block 1; kOtherVal has none. Both answer to kOperator.
struct BeaconFixture {
    MemoryReader committed;
    State state{committed};
    std::uint64_t height = 0;

    BeaconFixture() {
        beacon::init(state, {.epoch_blocks = kEpochBlocks}, 7);
        beacon::init_key(state, kVal, public_of(vrf_key(1)));
        staking::init(state, {});
        for (const auto& validator : {kVal, kOtherVal})
            state.put(staking::kValidators, validator,
                      {.address = validator, .public_key = {}, .operator_account = kOperator});
    }
    BlockEnv env(const FixedBytes<20>& proposer, std::uint64_t at) const {
        return {.height = at,
                .chain_id = kBeaconChain,
                .hash = sha256(Bytes{static_cast<std::uint8_t>(at)}),
                .validator = proposer};
    }
    Hash256 value() const { return beacon::value(state); }
    std::uint64_t missed(const FixedBytes<20>& who) const {
        return state.get_or_default(beacon::kVrfKeys, who).missed;
    }
    // The proof of the next block by that key.
    ecvrf::Proof proof_by(const crypto::SecretKey& key) const {
        return ecvrf::prove(key, beacon::beacon_alpha(kBeaconChain, value(), height + 1));
    }
    // Begins the next block. Returns whether the proof, empty for none, moved the beacon.
    bool block(const FixedBytes<20>& proposer, ByteView proof) {
        const Hash256 before = value();
        BlockEnv next = env(proposer, ++height);
        next.vrf_proof = proof;
        beacon::begin_block(state, next);
        Bytes fallback = to_bytes(view_of("assay/beacon/3"));
        append(fallback, before);
        return value() != sha256(fallback);
    }
    bool proven_block(const FixedBytes<20>& proposer, const crypto::SecretKey& key) {
        return block(proposer, proof_by(key));
    }
    void skip_to(std::uint64_t last) {
        while (height < last) (void)proven_block(kVal, vrf_key(1));
    }
    beacon::RegisterVrfKey registration(const FixedBytes<20>& validator,
                                        const crypto::SecretKey& key) const {
        return {.validator = validator,
                .public_key = to_bytes(public_of(key)),
                .proof =
                    to_bytes(ecvrf::prove(key, beacon::possession_alpha(kBeaconChain, validator)))};
    }
    // In the block that began last.
    TxCode send(const beacon::RegisterVrfKey& message, const Address& sender = kOperator) {
        const TxEnv tx{.block = env(kVal, height), .sender = sender, .value = {}, .hash = {}};
        const TxCode code = message.check(tx);
        return code == TxCode::ok ? message.execute(state, tx) : code;
    }
};

}  // namespace assay::test
