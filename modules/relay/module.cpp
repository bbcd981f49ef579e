// What the relay offers.
#include "modules/relay/module.hpp"

#include "modules/relay/relay.hpp"

namespace assay::relay {

Module make_module() {
    Module module{.id = ModuleId::relay, .name = "relay"};
    module.messages = messages<Relay>();
    module.views = views<NextIntentNonce>();
    module.events = events<Relayed>();
    return module;
}

}  // namespace assay::relay
