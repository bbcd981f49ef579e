// Owns what can be asked of the beacon.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/beacon/beacon.hpp"

namespace assay::beacon {

struct GetBeacon {
    using Returns = Beacon;
    Result<Beacon> view(const State& state, const BlockEnv&) const {
        return state.must_get(kBeacon, {});
    }
};
BOOST_DESCRIBE_STRUCT(GetBeacon, (), ())

}  // namespace assay::beacon
