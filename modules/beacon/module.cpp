// What the beacon offers.
#include "modules/beacon/module.hpp"

#include "modules/beacon/views.hpp"

namespace assay::beacon {

Module make_module() {
    Module module{.id = ModuleId::beacon, .name = "beacon"};
    module.views = views<GetBeacon>();
    module.begin_block = begin_block;
    return module;
}

}  // namespace assay::beacon
