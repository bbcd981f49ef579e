// What reputation offers: nothing to send, only to ask.
#include "modules/reputation/module.hpp"

#include "modules/reputation/events.hpp"
#include "modules/reputation/invariants.hpp"
#include "modules/reputation/views.hpp"

namespace assay::reputation {

Module make_module() {
    Module module{.id = ModuleId::reputation, .name = "reputation"};
    module.views = views<ReputationOf, TierOf, ReputationFrom, GetReputationParams>();
    module.events = events<ReputationChanged>();
    module.invariants = {check_scores};
    return module;
}

}  // namespace assay::reputation
