// Stake in, stake out, locks and penalties, each with its totals and its weight in draws.
#include "modules/jurors/stake.hpp"

#include <algorithm>

#include "chain/exec/deadlines.hpp"
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/jurors/api.hpp"
#include "modules/jurors/events.hpp"
#include "modules/jurors/needs.hpp"
#include "modules/jurors/sum_tree.hpp"

namespace assay::jurors {

namespace {

std::uint32_t take_slot(State& state, Totals& totals, const Address& account) {
    std::uint32_t slot = totals.slots;
    if (totals.free_slots > 0) {
        slot = state.must_get(kFreeSlots, --totals.free_slots);
        state.erase(kFreeSlots, totals.free_slots);
    } else {
        ++totals.slots;
    }
    state.put(kSlots, slot, account);
    return slot;
}

void set_weight(State& state, const Juror& juror) {
    const Amount unit = state.must_get(kParams, {}).min_stake;
    sum_tree::set_leaf(state, needs::current_epoch(state), juror.slot,
                       weight_of(weighing_stake(juror), unit));
}

// A juror who has nothing left gives the slot back once no draw can meet it any more.
bool leaves(const State& state, const Juror& juror) {
    const std::uint64_t epoch = needs::current_epoch(state);
    return juror.stake.is_zero() && juror.unbondings.empty() && juror.locked.is_zero() &&
           juror.suspended_until_epoch <= epoch &&
           sum_tree::leaf(state, epoch, juror.slot).is_zero();
}

// Takes up to `amount` out of the unbonding entries, the latest to be paid first.
Amount take_unbonding(Juror& juror, Amount amount) {
    Amount taken;
    for (auto it = juror.unbondings.rbegin(); it != juror.unbondings.rend(); ++it) {
        const Amount part = min_of(it->amount, difference_of(amount, taken));
        it->amount = difference_of(it->amount, part);
        taken = sum_of(taken, part);
    }
    return taken;
}

}  // namespace

Amount weight_of(Amount stake, Amount unit) {
    return Amount::from_raw(stake.raw() - stake.raw() % unit.raw());
}

Amount unbonding_of(const Juror& juror) {
    Amount out;
    for (const auto& entry : juror.unbondings) out = sum_of(out, entry.amount);
    return out;
}

Amount weighing_stake(const Juror& juror) {
    return difference_of(juror.stake, juror.pledged);
}

Amount held_stake(const Juror& juror) {
    return sum_of(juror.locked, juror.pledged);
}

Juror juror_of(const State& state, const Address& account) {
    return state.get(kJurors, account).value_or(Juror{.account = account, .unbondings = {}});
}

Amount free_stake(const Juror& juror) {
    return checked_sub(juror.stake, held_stake(juror)).value_or(Amount{});
}

bool has_free_slot(const State& state) {
    const Totals totals = state.get_or_default(kTotals, {});
    return totals.free_slots > 0 || totals.slots < state.must_get(kParams, {}).max_jurors;
}

void add_stake(State& state, const Address& account, Amount amount) {
    Totals totals = state.get_or_default(kTotals, {});
    Juror juror = juror_of(state, account);
    if (!state.contains(kJurors, account)) juror.slot = take_slot(state, totals, account);
    juror.stake = sum_of(juror.stake, amount);
    totals.stake = sum_of(totals.stake, amount);
    state.put(kJurors, account, juror);
    state.put(kTotals, {}, totals);
    set_weight(state, juror);
    emit(state, ModuleId::jurors,
         JurorStaked{.juror = account, .amount = amount, .stake = juror.stake});
}

std::uint64_t begin_unbonding(State& state, const BlockEnv& block, const Address& account,
                              Amount amount) {
    Totals totals = state.must_get(kTotals, {});
    Juror juror = state.must_get(kJurors, account);
    const std::uint64_t ends_s = block.time_s + state.must_get(kParams, {}).unbonding_s;
    const std::uint64_t id = totals.next_unbonding++;
    juror.stake = difference_of(juror.stake, amount);
    juror.unbondings.push_back({.id = id, .amount = amount, .ends_s = ends_s});
    totals.stake = difference_of(totals.stake, amount);
    totals.unbonding = sum_of(totals.unbonding, amount);
    state.put(kJurors, account, juror);
    state.put(kTotals, {}, totals);
    state.put(kUnbondings, id, account);
    set_weight(state, juror);
    schedule(state, {.time_s = ends_s, .kind = DeadlineKind::juror_unbonds, .id = id});
    emit(state, ModuleId::jurors,
         JurorUnstaking{.juror = account, .amount = amount, .ends_s = ends_s});
    return ends_s;
}

void finish_unbonding(State& state, const BlockEnv&, std::uint64_t id) {
    const Address account = state.must_get(kUnbondings, id);
    Totals totals = state.must_get(kTotals, {});
    Juror juror = state.must_get(kJurors, account);
    const auto entry = std::find_if(juror.unbondings.begin(), juror.unbondings.end(),
                                    [&](const Unbonding& each) { return each.id == id; });
    CHECK(entry != juror.unbondings.end());
    const Amount amount = entry->amount;
    juror.unbondings.erase(entry);
    totals.unbonding = difference_of(totals.unbonding, amount);
    state.erase(kUnbondings, id);
    if (leaves(state, juror)) {
        state.erase(kJurors, account);
        state.erase(kSlots, juror.slot);
        state.put(kFreeSlots, totals.free_slots++, juror.slot);
    } else {
        state.put(kJurors, account, juror);
    }
    state.put(kTotals, {}, totals);
    ledger::move(state, pool::kJurorStake, account, amount);
    emit(state, ModuleId::jurors, JurorUnbonded{.juror = account, .amount = amount});
}

void lock(State& state, const Address& account, Amount amount, LockPurpose purpose) {
    Juror juror = state.must_get(kJurors, account);
    Totals totals = state.must_get(kTotals, {});
    juror.locked = sum_of(juror.locked, amount);
    CHECK(held_stake(juror) <= juror.stake);
    ++juror.seats;
    totals.locked = sum_of(totals.locked, amount);
    if (purpose == LockPurpose::audit) {
        juror.locked_audits = sum_of(juror.locked_audits, amount);
        totals.locked_audits = sum_of(totals.locked_audits, amount);
    }
    state.put(kJurors, account, juror);
    state.put(kTotals, {}, totals);
}

void unlock(State& state, const Address& account, Amount amount, LockPurpose purpose) {
    Juror juror = state.must_get(kJurors, account);
    Totals totals = state.must_get(kTotals, {});
    juror.locked = difference_of(juror.locked, amount);
    totals.locked = difference_of(totals.locked, amount);
    if (purpose == LockPurpose::audit) {
        juror.locked_audits = difference_of(juror.locked_audits, amount);
        totals.locked_audits = difference_of(totals.locked_audits, amount);
    }
    state.put(kJurors, account, juror);
    state.put(kTotals, {}, totals);
}

Amount penalise(State& state, const Address& account, Amount amount, const Address& to) {
    Juror juror = state.must_get(kJurors, account);
    Totals totals = state.must_get(kTotals, {});
    const Amount from_free = min_of(amount, free_stake(juror));
    const Amount from_unbonding = take_unbonding(juror, difference_of(amount, from_free));
    const Amount taken = sum_of(from_free, from_unbonding);
    juror.stake = difference_of(juror.stake, from_free);
    juror.penalties = sum_of(juror.penalties, taken);
    totals.stake = difference_of(totals.stake, from_free);
    totals.unbonding = difference_of(totals.unbonding, from_unbonding);
    state.put(kJurors, account, juror);
    state.put(kTotals, {}, totals);
    set_weight(state, juror);
    ledger::move(state, pool::kJurorStake, to, taken);
    emit(state, ModuleId::jurors,
         JurorPenalised{
             .juror = account, .amount = taken, .shortfall = difference_of(amount, taken)});
    return taken;
}

void pledge(State& state, const Address& account, Amount amount) {
    Juror juror = state.must_get(kJurors, account);
    Totals totals = state.must_get(kTotals, {});
    juror.pledged = sum_of(juror.pledged, amount);
    CHECK(held_stake(juror) <= juror.stake);
    totals.pledged = sum_of(totals.pledged, amount);
    state.put(kJurors, account, juror);
    state.put(kTotals, {}, totals);
    set_weight(state, juror);
}

void return_pledge(State& state, const Address& account, Amount amount) {
    Juror juror = state.must_get(kJurors, account);
    Totals totals = state.must_get(kTotals, {});
    juror.pledged = difference_of(juror.pledged, amount);
    totals.pledged = difference_of(totals.pledged, amount);
    state.put(kJurors, account, juror);
    state.put(kTotals, {}, totals);
    set_weight(state, juror);
}

void seize_pledge(State& state, const Address& account, Amount amount, const Address& to) {
    Juror juror = state.must_get(kJurors, account);
    Totals totals = state.must_get(kTotals, {});
    juror.pledged = difference_of(juror.pledged, amount);
    totals.pledged = difference_of(totals.pledged, amount);
    juror.stake = difference_of(juror.stake, amount);
    juror.penalties = sum_of(juror.penalties, amount);
    totals.stake = difference_of(totals.stake, amount);
    state.put(kJurors, account, juror);
    state.put(kTotals, {}, totals);
    ledger::move(state, pool::kJurorStake, to, amount);
    emit(state, ModuleId::jurors,
         JurorPenalised{.juror = account, .amount = amount, .shortfall = {}});
}

Amount pledgeable(const State& state, const Address& account) {
    return free_stake(juror_of(state, account));
}

Amount pledged(const State& state, const Address& account) {
    return juror_of(state, account).pledged;
}

Amount total_pledged(const State& state) {
    return state.get_or_default(kTotals, {}).pledged;
}

void suspend(State& state, const Address& account) {
    Juror juror = state.must_get(kJurors, account);
    juror.suspended_until_epoch =
        needs::current_epoch(state) + 1 + state.must_get(kParams, {}).suspension_epochs;
    state.put(kJurors, account, juror);
    emit(state, ModuleId::jurors,
         JurorSuspended{.juror = account, .until_epoch = juror.suspended_until_epoch});
}

void pay(State& state, const Address& from, const Address& account, Amount amount) {
    Juror juror = state.must_get(kJurors, account);
    juror.earned = sum_of(juror.earned, amount);
    ++juror.paid_seats;
    state.put(kJurors, account, juror);
    ledger::move(state, from, account, amount);
}

Amount stake_of(const State& state, const Address& account) {
    return juror_of(state, account).stake;
}

Amount locked_stake(const State& state, const Address& account) {
    return juror_of(state, account).locked;
}

Amount locked_stake(const State& state, const Address& account, LockPurpose purpose) {
    const Juror juror = juror_of(state, account);
    if (purpose == LockPurpose::audit) return juror.locked_audits;
    return difference_of(juror.locked, juror.locked_audits);
}

Amount total_locked(const State& state) {
    return state.get_or_default(kTotals, {}).locked;
}

Amount total_locked(const State& state, LockPurpose purpose) {
    const Totals totals = state.get_or_default(kTotals, {});
    if (purpose == LockPurpose::audit) return totals.locked_audits;
    return difference_of(totals.locked, totals.locked_audits);
}

}  // namespace assay::jurors
