// The ranking's head becomes the set.
#include "modules/staking/set.hpp"

#include <algorithm>

#include "chain/exec/event.hpp"
#include "chain/exec/validation.hpp"
#include "modules/staking/earnings.hpp"
#include "modules/staking/events.hpp"

namespace assay::staking {

namespace {

struct Seat {
    Consensus validator;
    std::uint64_t power = 0;
};

std::vector<Seat> best(const State& state) {
    std::vector<Seat> out;
    const std::uint32_t most = state.must_get(kParams, {}).max_validators;
    auto at = state.first(kRanking);
    for (; at && out.size() < most; at = state.next_after(kRanking, at->first))
        out.push_back({.validator = at->first.validator, .power = UINT64_MAX - at->first.lacks});
    return out;
}

// Collects what consensus is told.
class SetChange {
  public:
    SetChange(State& state, Totals& totals) : state_(state), totals_(totals) {}

    void set_power(const Consensus& address, std::uint64_t power) {
        Validator validator = state_.must_get(kValidators, address);
        if (validator.power == power) return;
        credit(validator, totals_);
        totals_.power = totals_.power - validator.power + power;
        validator.power = power;
        state_.put(kValidators, address, validator);
        if (power == 0) state_.erase(kAbsences, address);
        updates_.push_back(
            {.public_key = FixedBytes<33>::from(validator.public_key), .power = power});
        emit(state_, ModuleId::staking, PowerChanged{.validator = address, .power = power});
    }
    std::vector<ValidatorUpdate> take() { return std::move(updates_); }

  private:
    State& state_;
    Totals& totals_;
    std::vector<ValidatorUpdate> updates_;
};

void decide_set(State& state) {
    const std::vector<Seat> seats = best(state);
    if (seats.empty()) return;
    Totals totals = state.must_get(kTotals, {});
    const std::vector<Consensus> before = state.get_or_default(kSet, {});
    std::vector<Consensus> after;
    for (const Seat& seat : seats) after.push_back(seat.validator);
    std::sort(after.begin(), after.end());
    SetChange change(state, totals);
    for (const Consensus& each : before)
        if (!std::binary_search(after.begin(), after.end(), each)) change.set_power(each, 0);
    for (const Seat& seat : seats) change.set_power(seat.validator, seat.power);
    auto updates = change.take();
    if (updates.empty()) return;
    state.put(kTotals, {}, totals);
    state.put(kSet, {}, after);
    state.put(kValidatorUpdates, {}, updates);
}

}  // namespace

void end_block(State& state, const BlockEnv&) {
    distribute(state);
    if (!state.contains(kRankingMoved, {})) return;
    state.erase(kRankingMoved, {});
    decide_set(state);
}

}  // namespace assay::staking
