// The rules between the jurors' numbers.
#include "modules/jurors/params.hpp"

#include "chain/state/state.hpp"
#include "modules/jurors/sum_tree.hpp"

namespace assay::jurors {

namespace {

constexpr std::uint64_t kMaxUnbonding_s = 31'536'000;  // a year

}  // namespace

Result<void> validate(const Params& params) {
    if (params.min_stake.is_zero()) return failure("jurors.minStake is zero");
    if (params.min_stake.high() >> 26 != 0) return failure("jurors.minStake is 2^90 or more");
    if (params.max_seats == 0) return failure("jurors.maxSeats is zero");
    if (params.unbonding_s == 0 || params.unbonding_s > kMaxUnbonding_s)
        return failure("jurors.unbondingS is outside 1.." + std::to_string(kMaxUnbonding_s));
    if (params.max_jurors == 0 || params.max_jurors > 1U << kMaxHeight)
        return failure("jurors.maxJurors is outside 1.." + std::to_string(1U << kMaxHeight));
    return {};
}

// Every leaf of the sum tree holds a weight in these units.
Result<void> validate_change(const Params& before, const Params& after) {
    if (before.min_stake != after.min_stake)
        return failure("jurors.minStake may not change while the chain runs");
    return {};
}

Result<void> validate_seat_lock(Amount min_stake, Amount seat_lock) {
    if (min_stake < seat_lock)
        return failure("jurors.minStake is below the largest penalty of a seat, " +
                       to_string(seat_lock));
    return {};
}

Params devnet_params() {
    return {.min_stake = Amount::from_raw(static_cast<u128>(kTokenUnits) * 10),
            .max_seats = 1,
            .unbonding_s = 600,
            .suspension_epochs = 1,
            .max_jurors = 1'048'576};
}

void init(State& state, const Params& params) {
    state.put(kParams, {}, params);
}

}  // namespace assay::jurors
