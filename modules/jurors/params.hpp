// Owns the jurors' parameters and the rules they must meet.
#pragma once

#include <cstdint>

#include "chain/base/result.hpp"
#include "chain/state/table.hpp"
#include "chain/types/amount.hpp"

namespace assay {
class State;
}

namespace assay::jurors {

struct Params {
    // The least stake, and the unit of weight: stake weighs in whole multiples of it.
    Amount min_stake = Amount::from_raw(static_cast<u128>(kTokenUnits) * 100);
    std::uint8_t max_seats = 3;             // of one panel that one juror may hold
    std::uint64_t unbonding_s = 4'320'000;  // fifty days
    std::uint32_t suspension_epochs = 1;    // after a seat without a vote
    std::uint32_t max_jurors = 1'048'576;
};
BOOST_DESCRIBE_STRUCT(Params, (),
                      (min_stake, max_seats, unbonding_s, suspension_epochs, max_jurors))

inline constexpr Table<Only, Params> kParams{ModuleId::jurors, 1};

Result<void> validate(const Params& params);
// What a running chain's records were made by keeps its value.
Result<void> validate_change(const Params& before, const Params& after);
// A unit of stake covers the largest penalty of the seat it is drawn for.
Result<void> validate_seat_lock(Amount min_stake, Amount seat_lock);
// Stakes that fit the purses of one machine; one seat a juror, so that a small panel is several
// people.
Params devnet_params();
// Writes the genesis record.
void init(State& state, const Params& params);

}  // namespace assay::jurors
