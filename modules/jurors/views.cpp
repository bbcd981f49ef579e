// The answers about jurors.
#include "modules/jurors/views.hpp"

#include "modules/jurors/needs.hpp"
#include "modules/jurors/sum_tree.hpp"

namespace assay::jurors {

Result<Juror> GetJuror::view(const State& state, const BlockEnv&) const {
    const auto juror = state.get(kJurors, account);
    if (!juror) return failure("account is no juror: " + to_hex0x(account));
    return *juror;
}

Result<JurorTotals> GetJurorTotals::view(const State& state, const BlockEnv&) const {
    const Totals totals = state.get_or_default(kTotals, {});
    const std::uint64_t epoch = needs::current_epoch(state);
    return JurorTotals{.slots = totals.slots - totals.free_slots,
                       .stake = totals.stake,
                       .unbonding = totals.unbonding,
                       .locked = totals.locked,
                       .eligible = sum_tree::total(state, epoch),
                       .eligible_next = sum_tree::total(state, epoch + 1),
                       .epoch = epoch};
}

Result<Params> GetJurorParams::view(const State& state, const BlockEnv&) const {
    return state.must_get(kParams, {});
}

}  // namespace assay::jurors
