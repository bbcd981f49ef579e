// Owns the jurors' records: a juror, the slots of the draw, the totals, and their tables.
#pragma once

#include <vector>

#include "modules/jurors/params.hpp"

namespace assay::jurors {

// Stake on its way out; slashable until it is paid.
struct Unbonding {
    std::uint64_t id = 0;
    Amount amount;
    std::uint64_t ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(Unbonding, (), (id, amount, ends_s))

inline constexpr std::size_t kMaxUnbondings = 8;  // of one juror at a time

struct Juror {
    Address account;
    std::uint32_t slot = 0;  // leaf of the sum tree
    Amount stake;            // seats included, unbonding not
    Amount locked;           // of the stake, by seats not yet judged
    std::vector<Unbonding> unbondings;
    std::uint64_t suspended_until_epoch = 0;  // may be drawn again from this epoch on
    std::uint64_t seats = 0;                  // ever locked
    std::uint64_t paid_seats = 0;             // of those that earned something
    Amount earned;
    Amount penalties;
    Amount pledged;        // of the stake, behind own submissions; not part of `locked`
    Amount locked_audits;  // of `locked`, by seats of audits; the rest by seats of disputes
};
BOOST_DESCRIBE_STRUCT(Juror, (),
                      (account, slot, stake, locked, unbondings, suspended_until_epoch, seats,
                       paid_seats, earned, penalties, pledged, locked_audits))

struct Totals {
    std::uint32_t slots = 0;  // ever used: leaves of the tree
    std::uint32_t free_slots = 0;
    std::uint64_t next_unbonding = 1;
    Amount stake;
    Amount unbonding;
    Amount locked;
    Amount pledged;
    Amount locked_audits;  // of `locked`
};
BOOST_DESCRIBE_STRUCT(Totals, (),
                      (slots, free_slots, next_unbonding, stake, unbonding, locked, pledged,
                       locked_audits))

inline constexpr Table<Address, Juror> kJurors{ModuleId::jurors, 2};
inline constexpr Table<Only, Totals> kTotals{ModuleId::jurors, 3};
// Slot -> its juror, for as long as the slot weighs anything.
inline constexpr Table<std::uint32_t, Address> kSlots{ModuleId::jurors, 4};
// A stack of slots whose jurors left: position (from 0) -> slot.
inline constexpr Table<std::uint32_t, std::uint32_t> kFreeSlots{ModuleId::jurors, 5};
// Unbonding id -> juror.
inline constexpr Table<std::uint64_t, Address> kUnbondings{ModuleId::jurors, 6};

// What a juror's stake weighs in draws: whole multiples of `unit`, so that stake split over several
// jurors weighs no more than in one hand.
Amount weight_of(Amount stake, Amount unit);
Amount unbonding_of(const Juror& juror);
// What weighs in draws: a pledged part cannot answer for a seat.
Amount weighing_stake(const Juror& juror);
// By seats and pledges together.
Amount held_stake(const Juror& juror);

}  // namespace assay::jurors
