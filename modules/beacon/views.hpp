// Owns what can be asked of the beacon.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/beacon/beacon.hpp"
#include "modules/beacon/keys.hpp"
#include "modules/beacon/params.hpp"

namespace assay::beacon {

struct GetBeacon {
    using Returns = Beacon;
    Result<Beacon> view(const State& state, const BlockEnv&) const {
        return state.must_get(kBeacon, {});
    }
};
BOOST_DESCRIBE_STRUCT(GetBeacon, (), ())

// Keys in compressed form, empty where there is none.
struct VrfKeyStatus {
    Bytes key;  // counts now
    Bytes next;
    std::uint64_t next_from = 0;  // height
    std::uint64_t missed = 0;     // blocks without the proof that was due
};
BOOST_DESCRIBE_STRUCT(VrfKeyStatus, (), (key, next, next_from, missed))

struct GetVrfKey {
    using Returns = VrfKeyStatus;
    Validator validator;
    Result<VrfKeyStatus> view(const State& state, const BlockEnv& block) const {
        const VrfKeys keys = state.get_or_default(kVrfKeys, validator);
        VrfKeyStatus out{.key = {}, .next = {}, .next_from = 0, .missed = keys.missed};
        if (const auto key = key_at(keys, block.height)) out.key = to_bytes(*key);
        if (keys.next_from > block.height) {
            out.next = to_bytes(keys.next);
            out.next_from = keys.next_from;
        }
        return out;
    }
};
BOOST_DESCRIBE_STRUCT(GetVrfKey, (), (validator))

struct GetBeaconParams {
    using Returns = Params;
    Result<Params> view(const State& state, const BlockEnv&) const {
        return state.must_get(kParams, {});
    }
};
BOOST_DESCRIBE_STRUCT(GetBeaconParams, (), ())

}  // namespace assay::beacon
