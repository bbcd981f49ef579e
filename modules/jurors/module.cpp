// What the jurors offer.
#include "modules/jurors/module.hpp"

#include "modules/jurors/events.hpp"
#include "modules/jurors/invariants.hpp"
#include "modules/jurors/messages.hpp"
#include "modules/jurors/stake.hpp"
#include "modules/jurors/views.hpp"

namespace assay::jurors {

Module make_module() {
    Module module{.id = ModuleId::jurors, .name = "jurors"};
    module.messages = messages<StakeJuror, UnstakeJuror>();
    module.views = views<GetJuror, GetJurorTotals, GetJurorParams>();
    module.events =
        events<JurorStaked, JurorUnstaking, JurorUnbonded, JurorPenalised, JurorSuspended>();
    module.deadlines = {{DeadlineKind::juror_unbonds, finish_unbonding}};
    module.invariants = {check_stakes, check_tree, check_unbondings};
    return module;
}

}  // namespace assay::jurors
