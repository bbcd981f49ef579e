// The hash chain over block hashes.
#include "modules/beacon/beacon.hpp"

#include "chain/crypto/hash.hpp"
#include "chain/state/state.hpp"
#include "modules/beacon/api.hpp"

namespace assay::beacon {

void init(State& state, std::uint64_t genesis_time_s) {
    Bytes input = to_bytes(view_of("assay/beacon/0"));
    record::encode_into(input, genesis_time_s);
    state.put(kBeacon, {}, {.height = 0, .value = sha256(input)});
}

void begin_block(State& state, const BlockEnv& block) {
    const Beacon before = state.must_get(kBeacon, {});
    Bytes input = to_bytes(view_of("assay/beacon/1"));
    append(input, before.value);
    append(input, block.hash);
    state.put(kBeacon, {}, {.height = block.height, .value = sha256(input)});
}

Hash256 value(const State& state) {
    return state.must_get(kBeacon, {}).value;
}

}  // namespace assay::beacon
