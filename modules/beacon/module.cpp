// What the beacon offers.
#include "modules/beacon/module.hpp"

#include "modules/beacon/register_vrf_key.hpp"
#include "modules/beacon/views.hpp"

namespace assay::beacon {

Module make_module() {
    Module module{.id = ModuleId::beacon, .name = "beacon"};
    module.messages = messages<RegisterVrfKey>();
    module.views = views<GetBeacon, GetVrfKey, GetBeaconParams>();
    module.events = events<VrfKeyRegistered>();
    module.proof_request = proof_request;
    module.begin_block = begin_block;
    return module;
}

}  // namespace assay::beacon
