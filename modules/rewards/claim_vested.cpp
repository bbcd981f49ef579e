// Pays what has vested of a grant.
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/rewards/events.hpp"
#include "modules/rewards/grants.hpp"
#include "modules/rewards/messages.hpp"

namespace assay::rewards {

TxCode ClaimVested::check(const TxEnv&) const {
    return TxCode::ok;
}

TxCode ClaimVested::execute(State& state, const TxEnv& env) const {
    auto open = open_grant(state, submission);
    if (!open || open->grant.fraud) return TxCode::nothing_to_claim;
    auto& [grant, epoch] = *open;
    const Amount vested = payable_of(epoch, grant, grant_size(epoch, grant), env.block.time_s);
    const Amount due = difference_of(vested, grant.released);
    if (due.is_zero()) return TxCode::nothing_to_claim;
    compute_grant(state, *open);
    ledger::move(state, pool::kVesting, grant.contributor, due);
    grant.released = vested;
    epoch.released = sum_of(epoch.released, due);
    put_grant(state, *open);
    emit(state, ModuleId::rewards,
         RewardClaimed{.submission = submission,
                       .contributor = grant.contributor,
                       .amount = due,
                       .released = grant.released,
                       .granted = grant.granted});
    return TxCode::ok;
}

}  // namespace assay::rewards
