// The hash chain over the proposers' outputs.
#include "modules/beacon/beacon.hpp"

#include "chain/crypto/hash.hpp"
#include "chain/state/state.hpp"
#include "modules/beacon/api.hpp"
#include "modules/beacon/keys.hpp"
#include "modules/beacon/needs.hpp"
#include "modules/beacon/params.hpp"

namespace assay::beacon {

namespace {

Hash256 hash_of(std::string_view tag, std::initializer_list<ByteView> parts) {
    Sha256 hash;
    hash.update(view_of(tag));
    for (const ByteView part : parts) hash.update(part);
    return hash.finish();
}

std::optional<Hash256> proven_output(const State& state, const BlockEnv& block) {
    if (block.vrf_proof.empty()) return std::nullopt;
    const auto asked = proof_request(state, block);
    if (!asked) return std::nullopt;
    const auto output = ecvrf::verify(asked->public_key, asked->alpha, block.vrf_proof);
    return output ? std::optional(*output) : std::nullopt;
}

bool waits_for_first_key(const VrfKeys& keys, std::uint64_t height) {
    return keys.next_from != 0 && !key_at(keys, height);
}

}  // namespace

void init(State& state, const Params& params, std::uint64_t genesis_time_s) {
    Bytes input = to_bytes(view_of("assay/beacon/0"));
    record::encode_into(input, genesis_time_s);
    state.put(kBeacon, {}, {.height = 0, .value = sha256(input)});
    state.put(kParams, {}, params);
}

void init_key(State& state, const FixedBytes<20>& validator, const ecvrf::PublicKey& key) {
    state.put(kVrfKeys, validator, {.key = key, .from = 1});
}

Bytes beacon_alpha(std::uint64_t chain_id, const Hash256& before, std::uint64_t height) {
    Bytes out = to_bytes(view_of("assay/beacon/alpha"));
    record::encode_into(out, chain_id);
    append(out, before);
    record::encode_into(out, height);
    return out;
}

std::optional<ProofRequest> proof_request(const State& state, const BlockEnv& block) {
    const auto key = key_at(state.get_or_default(kVrfKeys, block.validator), block.height);
    if (!key) return std::nullopt;
    return ProofRequest{.public_key = *key,
                        .alpha = beacon_alpha(block.chain_id, value(state), block.height)};
}

Hash256 proven_value(const Hash256& before, const Hash256& output) {
    return hash_of("assay/beacon/2", {before, output});
}

Hash256 unproven_value(const Hash256& before) {
    return hash_of("assay/beacon/3", {before});
}

void begin_block(State& state, const BlockEnv& block) {
    const auto output = proven_output(state, block);
    const Hash256 before = value(state);
    state.put(kBeacon, {},
              {.height = block.height,
               .value = output ? proven_value(before, *output) : unproven_value(before)});
    if (!output &&
        !waits_for_first_key(state.get_or_default(kVrfKeys, block.validator), block.height))
        needs::beacon_missed(state, block, block.validator);
}

Hash256 value(const State& state) {
    return state.must_get(kBeacon, {}).value;
}

std::uint64_t count_miss(State& state, const FixedBytes<20>& validator) {
    VrfKeys keys = state.get_or_default(kVrfKeys, validator);
    ++keys.missed;
    state.put(kVrfKeys, validator, keys);
    return keys.missed;
}

}  // namespace assay::beacon
